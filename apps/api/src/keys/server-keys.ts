import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64url, keyPairOfSeed, type Random, Secret, toBase64url, toHex } from '@hexkey/protocol';

type Key = Secret<Uint8Array>;

/** What only this server holds. None of it opens a wallet, a PIN record or a sealed entropy. */
export interface ServerKeys {
  /** Ed25519 seed that signs node tokens. */
  readonly tokenSeed: Key;
  /** Seals phone numbers at rest, and the hashes of old PINs (ADR 85). */
  readonly phone: Key;
  /** Keys the hashes that numbers and limits are looked up by, and marks the challenges that operators sign. */
  readonly lookup: Key;
  /** Keys the stored form of codes, of which there are only ten thousand. */
  readonly code: Key;
  /** Ed25519 seed that signs what Team Hexkey says; its public half is compiled into the web client. */
  readonly teamSeed: Key;
  /** P-256 key of VAPID (RFC 8292), which push services know this server by. */
  readonly pushSeed: Key;
}

/** The key file is missing or broken. The message is for the operator and never holds a key. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

/** Number of the token key in its tenant; raised when the key is replaced. */
export const tokenKeyVersion = 1;
export const tenant = 'hexkey';

export function newServerKeys(random: Random): ServerKeys {
  const key = () => new Secret(random(32));
  return { tokenSeed: key(), phone: key(), lookup: key(), code: key(), teamSeed: key(), pushSeed: key() };
}

/**
 * Makes the key file on the first start; later starts leave its keys as they are and add those that a newer version needs. It
 * appears whole and on the disk, or not at all.
 */
export function initServerKeys(dataDir: string, random: Random): ServerKeys {
  const path = pathIn(dataDir);
  const existing = existsSync(path) ? readKeyFile(dataDir) : {};
  const made = Object.entries(newServerKeys(random)).map(([name, key]) => [
    name,
    toBase64url((key as Key).reveal()),
  ]);
  if (made.every(([name]) => Object.hasOwn(existing, name as string))) return readServerKeys(dataDir);
  const file = { ...Object.fromEntries(made), ...existing };
  writeFileSync(`${path}.new`, `${JSON.stringify(file)}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  return readServerKeys(dataDir);
}

/** @throws {KeyFileError} when the file is missing or not a key file */
export function readServerKeys(dataDir: string): ServerKeys {
  const file = readKeyFile(dataDir);
  const key = (name: keyof ServerKeys): Key => {
    const text = file[name];
    if (typeof text !== 'string' || text.length !== 43)
      throw new KeyFileError(`no key "${name}" in ${pathIn(dataDir)}`);
    return new Secret(fromBase64url(text));
  };
  return {
    tokenSeed: key('tokenSeed'),
    phone: key('phone'),
    lookup: key('lookup'),
    code: key('code'),
    teamSeed: key('teamSeed'),
    pushSeed: key('pushSeed'),
  };
}

/** What the nodes must know of this server, and the client (`teamKey`, hexadecimal): one line, printed by `init`. */
export function publicTokenKey(keys: ServerKeys) {
  const { publicKey } = keyPairOfSeed(keys.tokenSeed);
  const teamKey = toHex(keyPairOfSeed(keys.teamSeed).publicKey);
  return { tenant, tokenKeyVersion, tokenPublicKey: toBase64url(publicKey), teamKey };
}

function readKeyFile(dataDir: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(pathIn(dataDir), 'utf8');
  } catch (error) {
    throw new KeyFileError(
      `${pathIn(dataDir)} cannot be read (${(error as NodeJS.ErrnoException).code}): run init first`,
    );
  }
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // The parser's message would quote the keys.
    throw new KeyFileError(`${pathIn(dataDir)} is not JSON`);
  }
}

const pathIn = (dataDir: string) => join(dataDir, 'api-keys.json');
