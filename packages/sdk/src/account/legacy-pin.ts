import { DomainError, routes } from '@hexkey/contract';
import { equalBytes, Secret, toBase64url, utf8 } from '@hexkey/protocol';
import type { KeptAccount, LegacyMark } from '../storage/vault.ts';
import type { Client } from './client.ts';
import type { DeviceKeyOfCode } from './enter-with-phone.ts';
import { keepLogin } from './keep-login.ts';

export interface LegacyLogin {
  readonly verificationId: string;
  readonly code: Secret<string>;
  readonly legacyPin: Secret<string>;
}

/** What is left of the hash: fifteen or so of a million PINs fit a mark, and one new PIN in 65 536 is refused for nothing. */
const markBytes = 2;

/**
 * A session for an account that came from another system, which checked its PIN itself. The old PIN goes to the server, which has its hash;
 * what is kept of it here is a mark, so that it does not become the new one, also when the page is closed in between (ADR 85).
 */
export async function enterWithLegacyPin(
  client: Client,
  { verificationId, code, legacyPin }: LegacyLogin,
  deviceKeyOf: DeviceKeyOfCode,
): Promise<KeptAccount> {
  const { device, random } = client.deps;
  const deviceKey = await deviceKeyOf(verificationId);
  // Before the session is there: nothing comes between it and its mark.
  const salt = random(16);
  const legacyMark = { salt, mark: await markOf(client, legacyPin, salt) };
  const session = await client.api.call(routes.loginWithLegacyPin, {
    body: {
      verificationId,
      code: code.reveal(),
      legacyPin: legacyPin.reveal(),
      deviceKey: toBase64url(deviceKey.publicKey),
      device,
    },
  });
  return keepLogin(client, session, deviceKey, null, legacyMark);
}

/** The server has seen the old PIN; the new one it never learns, so only this device can compare them. @throws {DomainError} `SameAsLegacyPin` */
export async function refuseLegacyPin(
  client: Client,
  { legacyMark }: KeptAccount,
  pin: Secret<string>,
): Promise<void> {
  if (legacyMark === undefined) return;
  if (equalBytes(legacyMark.mark, await markOf(client, pin, legacyMark.salt)))
    throw new DomainError('SameAsLegacyPin', {});
}

/** As dear to search as a stolen PIN record is. */
async function markOf(
  { deps }: Pick<Client, 'deps'>,
  pin: Secret<string>,
  salt: LegacyMark['salt'],
): Promise<Uint8Array> {
  const hash = await deps.pinHash(new Secret(utf8(pin.reveal())), salt);
  return hash.reveal().slice(0, markBytes);
}
