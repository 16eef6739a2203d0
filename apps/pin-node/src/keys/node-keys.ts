import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  fromBase64url,
  fromHex,
  hpkePublicKey,
  type KeyPair,
  keyPairOfSeed,
  type Random,
  Secret,
  toBase64url,
  toHex,
} from '@hexkey/protocol';

/** What identifies a node in the node set. `realmId` in hexadecimal, the keys in base64url. */
export interface NodeIdentity {
  readonly realmId: string;
  /** Ed25519: signs the heads of attempt logs. */
  readonly logKey: string;
  /** X25519: opens messages sealed to this node (RFC 9180). */
  readonly hpkeKey: string;
}

interface KeyFile {
  readonly realmId: string;
  /** Seeds of 32 bytes, base64url. */
  readonly logSecret: string;
  readonly hpkeSecret: string;
  readonly logKey: string;
  readonly hpkeKey: string;
}

const fileName = 'node-keys.json';

/**
 * Makes the keys of a node, or reads those that are there: a node that lost its realm id would be another node.
 * The file is readable by its owner only, and appears whole or not at all.
 */
export function initNodeKeys(dataDirectory: string, random: Random): NodeIdentity {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const path = join(dataDirectory, fileName);
  if (!existsSync(path)) {
    const logSeed = random(32);
    const hpkeSeed = random(32);
    const keys: KeyFile = {
      realmId: toHex(random(16)),
      logSecret: toBase64url(logSeed),
      hpkeSecret: toBase64url(hpkeSeed),
      logKey: toBase64url(keyPairOfSeed(new Secret(logSeed)).publicKey),
      hpkeKey: toBase64url(hpkePublicKey(new Secret(hpkeSeed))),
    };
    writeFileSync(`${path}.new`, `${JSON.stringify(keys)}\n`, { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
  }
  return readNodeIdentity(dataDirectory);
}

/** @throws {Error} when the node was never initialised or its key file is damaged */
export function readNodeIdentity(dataDirectory: string): NodeIdentity {
  const keys = readKeyFile(dataDirectory);
  if (typeof keys.realmId !== 'string' || fromHex(keys.realmId).length !== 16)
    throw new Error(`${fileName} holds no realm id`);
  if (typeof keys.logKey !== 'string' || typeof keys.hpkeKey !== 'string')
    throw new Error(`${fileName} holds no public keys`);
  return { realmId: keys.realmId, logKey: keys.logKey, hpkeKey: keys.hpkeKey };
}

/**
 * The pair that signs the heads of this node's attempt logs.
 * @throws {Error} when the secret is damaged or not that of the public key: nobody could verify what it signs
 */
export function readLogKeys(dataDirectory: string): KeyPair {
  const { logKey, logSecret } = readKeyFile(dataDirectory);
  const pair = keyPairOfSeed(new Secret(fromBase64url(logSecret ?? '')));
  if (toBase64url(pair.publicKey) !== logKey) throw new Error(`${fileName} holds another log key`);
  return pair;
}

/**
 * The X25519 private key that opens messages sealed to this node.
 * @throws {Error} when it is damaged or not that of the public key
 */
export function readHpkeSecret(dataDirectory: string): Secret<Uint8Array> {
  const { hpkeKey, hpkeSecret } = readKeyFile(dataDirectory);
  const secret = new Secret(fromBase64url(hpkeSecret ?? ''));
  if (toBase64url(hpkePublicKey(secret)) !== hpkeKey) throw new Error(`${fileName} holds another HPKE key`);
  return secret;
}

function readKeyFile(dataDirectory: string): Partial<KeyFile> {
  return JSON.parse(readFileSync(join(dataDirectory, fileName), 'utf8'));
}
