import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fromBase64url, type Random, Secret, toBase64url } from '@hexkey/protocol';

/** Seeds of the accounts that this devnet owns, 32 bytes each, and the key of its blockhashes. */
export interface DevnetKeys {
  /** Holds the SOL that the faucet gives away. */
  readonly faucet: Secret<Uint8Array>;
  readonly mintAuthority: Secret<Uint8Array>;
  /** Its public key is the address of the test token. */
  readonly mint: Secret<Uint8Array>;
  readonly blockhash: Secret<Uint8Array>;
}

const names = ['faucet', 'mintAuthority', 'mint', 'blockhash'] as const;
const fileName = 'devnet-keys.json';

/**
 * Makes the keys on the first start and reads them on every later one. The file is readable by its owner only, and on the
 * disk whole before this returns.
 *
 * @throws {Error} the file is damaged; its content is not part of the message
 */
export function openDevnetKeys(dataFolder: string, random: Random): DevnetKeys {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, fileName);
  if (!existsSync(path)) {
    const seeds = Object.fromEntries(names.map((name) => [name, toBase64url(random(32))]));
    writeDurably(dataFolder, path, `${JSON.stringify(seeds)}\n`);
  }
  const file = readSeeds(path);
  const seed = (name: (typeof names)[number]) => {
    const text = file[name];
    const bytes = typeof text === 'string' && /^[A-Za-z0-9_-]{43}$/.test(text) ? fromBase64url(text) : null;
    if (bytes === null) throw new Error(`${fileName} holds no key ${name}: restore your backup`);
    return new Secret(bytes);
  };
  return {
    faucet: seed('faucet'),
    mintAuthority: seed('mintAuthority'),
    mint: seed('mint'),
    blockhash: seed('blockhash'),
  };
}

function readSeeds(path: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The parser's message quotes what it read.
    throw new Error(`${fileName} cannot be read: restore your backup`);
  }
}

function writeDurably(folder: string, path: string, content: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600);
  writeSync(file, content);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
  const entry = openSync(folder, 'r');
  fsyncSync(entry);
  closeSync(entry);
}
