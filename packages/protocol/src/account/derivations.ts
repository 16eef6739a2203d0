import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8 } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import { type KeyPair, keyPairOfSeed } from './ed25519.ts';
import type { Entropy } from './phrase.ts';

/** S_pin: 32 random bytes that the PIN network releases for the right PIN. In memory during an operation, never at rest. */
export type PinSecret = Secret<Uint8Array<ArrayBuffer>>;
/** 32 bytes derived for one label. */
export type DerivedKey = Secret<Uint8Array<ArrayBuffer>>;

type Label =
  | 'login'
  | 'acct'
  | 'pin-auth'
  | 'pay-auth'
  | 'wrap-entropy'
  | 'log-heads'
  | 'backup'
  | 'wrap-shares'
  | 'pin-move'
  | 'aik';

/** Signs logins with words; the account server keeps the public half. */
export const loginKeyPair = (entropy: Entropy): KeyPair => keyPairOfSeed(derive(entropy, 'login'));
/** S_acct, the account shard: with S_pin it opens the wallet shares. Never leaves the device. */
export const accountShard = (entropy: Entropy): DerivedKey => derive(entropy, 'acct');
/** Proves the PIN to the account server and the nodes, one operation at a time. */
export const pinAuthKeyPair = (pinSecret: PinSecret): KeyPair => keyPairOfSeed(derive(pinSecret, 'pin-auth'));
/** Approves payments with a passkey instead of the PIN. */
export const payAuthKeyPair = (pinSecret: PinSecret): KeyPair => keyPairOfSeed(derive(pinSecret, 'pay-auth'));
/** Seals the entropy on every device, and at the server for phone accounts. */
export const wrapEntropyKey = (pinSecret: PinSecret): DerivedKey => derive(pinSecret, 'wrap-entropy');
/** Seals the attempt-log heads that an owner's devices share. */
export const logHeadsKey = (pinSecret: PinSecret): DerivedKey => derive(pinSecret, 'log-heads');
/** Seals backups. */
export const backupKey = (pinSecret: PinSecret): DerivedKey => derive(pinSecret, 'backup');
/** Seals the client's wallet shares: needs the PIN and the account shard. */
export const wrapSharesKey = (pinSecret: PinSecret, shard: DerivedKey): DerivedKey =>
  derive(joined(pinSecret, shard), 'wrap-shares');
/** What the records of a move to another node set are made from (`moveRandom`). */
export const pinMoveSeed = (pinSecret: PinSecret, shard: DerivedKey): DerivedKey =>
  derive(joined(pinSecret, shard), 'pin-move');
/** The account identity key, which only the owner with both shards can use. */
export const accountIdentityKeyPair = (pinSecret: PinSecret, shard: DerivedKey): KeyPair =>
  keyPairOfSeed(derive(joined(pinSecret, shard), 'aik'));

/** HKDF-SHA256 with salt `hexkey/1`, 32 bytes, info = label. RFC 5869; docs/protocol/account-api.md section 4. */
function derive(keyMaterial: Secret<Uint8Array>, label: Label): DerivedKey {
  return new Secret(Uint8Array.from(hkdf(sha256, keyMaterial.reveal(), utf8('hexkey/1'), utf8(label), 32)));
}

function joined(pinSecret: PinSecret, shard: DerivedKey): Secret<Uint8Array<ArrayBuffer>> {
  return new Secret(concatBytes(pinSecret.reveal(), shard.reveal()));
}
