import type { routes } from '@hexkey/contract';
import { type Secret, toBase64url } from '@hexkey/protocol';
import type { HexkeyDeps } from '../deps.ts';
import { type KeptDeviceKey, makeDeviceKey } from '../storage/device-key.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { keepLogin } from './keep-login.ts';

/** The device key that goes with a code: one for each, so that a retry after a lost answer gets the session which that made. */
export type DeviceKeyOfCode = (verificationId: string) => Promise<KeptDeviceKey>;

export function deviceKeysOfCodes({
  engine,
  random,
}: Pick<HexkeyDeps, 'engine' | 'random'>): DeviceKeyOfCode {
  let latest: { readonly verificationId: string; readonly deviceKey: Promise<KeptDeviceKey> } | null = null;
  return (verificationId) => {
    if (latest?.verificationId !== verificationId)
      latest = { verificationId, deviceKey: makeDeviceKey(engine, random) };
    return latest.deviceKey;
  };
}

/** A new account, or a new session, for the number a code was sent to. Its words come with the PIN. */
export async function enterWithPhone(
  client: Client,
  route: typeof routes.registerWithPhone | typeof routes.loginWithPhone,
  { verificationId, code }: { readonly verificationId: string; readonly code: Secret<string> },
  deviceKeyOf: DeviceKeyOfCode,
): Promise<KeptAccount> {
  const { device } = client.deps;
  const deviceKey = await deviceKeyOf(verificationId);
  const body = {
    verificationId,
    code: code.reveal(),
    deviceKey: toBase64url(deviceKey.publicKey),
    device,
  };
  const session = await client.api.call(route, { body });
  return keepLogin(client, session, deviceKey, null);
}
