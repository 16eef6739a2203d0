import { routes } from '@hexkey/contract';
import {
  type Entropy,
  fromBase64url,
  openSeal,
  type PinSecret,
  seal,
  wrapEntropyKey,
} from '@hexkey/protocol';
import { openDeviceSeal } from '../storage/device-seal.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';

const purpose = (accountId: string) => ({ label: 'wrap-entropy', accountId, epoch: 1 });

/** E sealed under a key from S_pin (docs/protocol/account-api.md section 4): what rests on a device and, for phone accounts, at the server. */
export function sealEntropy(
  { deps }: Client,
  accountId: string,
  pinSecret: PinSecret,
  entropy: Entropy,
): Uint8Array {
  return seal(wrapEntropyKey(pinSecret), purpose(accountId), entropy, deps.random);
}

/** @throws {Error} a seal that S_pin does not open: it is another account's, or was changed */
export function unsealEntropy(accountId: string, pinSecret: PinSecret, sealed: Uint8Array): Entropy {
  const entropy = openSeal(wrapEntropyKey(pinSecret), purpose(accountId), sealed);
  if (entropy === null) throw new Error('the sealed entropy does not open');
  return entropy;
}

/** The entropy kept under the device, which needs no PIN; null when it is not at hand like that. */
export async function entropyAtHand({ deps }: Client, { entropy }: KeptAccount): Promise<Entropy | null> {
  return entropy?.under === 'device' ? openDeviceSeal(deps.engine, entropy.seal) : null;
}

/**
 * The account's entropy once the PIN is proven: from this device, else from the server, which needs a full session. What a device keeps
 * without the PIN yields to the server's: a first set that this device began may have ended on another one, with other words.
 * @throws {Error} when neither has it
 */
export async function entropyWithPin(
  client: Client,
  account: KeptAccount,
  pinSecret: PinSecret,
): Promise<Entropy> {
  if (account.entropy?.under === 'pin')
    return unsealEntropy(account.accountId, pinSecret, account.entropy.sealed);
  const atHand = account.session.hasSealedEntropy ? null : await entropyAtHand(client, account);
  if (atHand !== null) return atHand;
  const caller = callerOf(client, account);
  const { sealedEntropy } = await client.api.call(routes.getSealedEntropy, { caller });
  if (sealedEntropy === null) throw new Error('neither this device nor the server has the entropy');
  return unsealEntropy(account.accountId, pinSecret, fromBase64url(sealedEntropy));
}
