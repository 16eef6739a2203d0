import { routes } from '@hexkey/contract';
import { type Secret, toBase64url } from '@hexkey/protocol';
import type { PhoneVerification } from '../hexkey.ts';
import { makeDeviceKey } from '../storage/device-key.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { keepLogin } from './keep-login.ts';

export function requestPhoneCode(
  { api }: Client,
  phone: Secret<string>,
  purpose: 'register' | 'login',
  locale: 'en' | 'zh',
): Promise<PhoneVerification> {
  return api.call(routes.requestPhoneCode, { body: { phone: phone.reveal(), purpose, locale } });
}

/** A new account, or a new session, for the number a code was sent to. Its words come with the PIN. */
export async function enterWithPhone(
  client: Client,
  route: typeof routes.registerWithPhone | typeof routes.loginWithPhone,
  verificationId: string,
  code: Secret<string>,
): Promise<KeptAccount> {
  const { engine, random, device } = client.deps;
  const deviceKey = await makeDeviceKey(engine, random);
  const body = {
    verificationId,
    code: code.reveal(),
    deviceKey: toBase64url(deviceKey.publicKey),
    device,
  };
  const session = await client.api.call(route, { body });
  return keepLogin(client, session, deviceKey, null);
}
