import { DomainError, routes } from '@hexkey/contract';
import {
  type Entropy,
  fromBase64url,
  openSeal,
  type PinSecret,
  seal,
  wrapEntropyKey,
} from '@hexkey/protocol';
import { openDeviceSeal } from '../storage/device-seal.ts';
import type { KeptAccount, KeptEntropy } from '../storage/vault.ts';
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

/** The entropy kept under the device, which needs no PIN; null when it is not at hand like that. */
export async function entropyAtHand({ deps }: Client, { entropy }: KeptAccount): Promise<Entropy | null> {
  return entropy?.under === 'device' ? openDeviceSeal(deps.engine, entropy.seal) : null;
}

/** The seal that a proven S_pin opens, of the two that rest here while a change of the secret is open; null for none. */
export function sealOpenedBy(account: KeptAccount, pinSecret: PinSecret): Uint8Array | null {
  if (account.entropy?.under !== 'pin') return null;
  const { sealed, next } = account.entropy;
  return [sealed, next].find((bytes) => bytes && unsealed(account.accountId, pinSecret, bytes)) ?? null;
}

/** Whether the entropy is within reach of a proven S_pin, so that giving up every other S_pin loses nothing. */
export function canReachEntropy(account: KeptAccount, pinSecret: PinSecret): boolean {
  const { entropy, session } = account;
  return entropy?.under === 'device' || session.hasSealedEntropy || sealOpenedBy(account, pinSecret) !== null;
}

/**
 * The account's entropy once the PIN is proven: from this device, else from the server, which needs a full session. What a device keeps
 * without the PIN yields to the server's: a first set that this device began may have ended on another one, with other words.
 * @throws {DomainError} `SecretReplaced` when what rests here is under another S_pin and the server has none
 */
export async function entropyWithPin(
  client: Client,
  account: KeptAccount,
  pinSecret: PinSecret,
): Promise<Entropy> {
  const { accountId, session } = account;
  const kept = sealOpenedBy(account, pinSecret);
  if (kept !== null) return opened(accountId, pinSecret, kept);
  const atHand = session.hasSealedEntropy ? null : await entropyAtHand(client, account);
  if (atHand !== null) return atHand;
  const caller = callerOf(client, account);
  const { sealedEntropy } = await client.api.call(routes.getSealedEntropy, { caller });
  if (sealedEntropy === null) throw new DomainError('SecretReplaced', {});
  return opened(accountId, pinSecret, fromBase64url(sealedEntropy));
}

/** E as a new device would get it once it has shown the PIN: what the server has, opened. Null when that cannot be. */
export async function entropyAtServer(
  client: Client,
  account: KeptAccount,
  pinSecret: PinSecret,
): Promise<Entropy | null> {
  const { sealedEntropy } = await client.api.call(routes.getSealedEntropy, {
    caller: callerOf(client, account),
  });
  return sealedEntropy === null ? null : unsealed(account.accountId, pinSecret, fromBase64url(sealedEntropy));
}

/** What is to rest on this device from now on: one seal, under the S_pin that is the account's. */
export function entropyUnder(
  client: Client,
  account: KeptAccount,
  pinSecret: PinSecret,
  entropy: Entropy,
): KeptEntropy {
  const sealed =
    sealOpenedBy(account, pinSecret) ?? sealEntropy(client, account.accountId, pinSecret, entropy);
  return { under: 'pin', sealed };
}

function opened(accountId: string, pinSecret: PinSecret, sealed: Uint8Array): Entropy {
  const entropy = unsealed(accountId, pinSecret, sealed);
  if (entropy === null) throw new DomainError('SecretReplaced', {});
  return entropy;
}

function unsealed(accountId: string, pinSecret: PinSecret, sealed: Uint8Array): Entropy | null {
  return openSeal(wrapEntropyKey(pinSecret), purpose(accountId), sealed);
}
