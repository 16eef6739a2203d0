import { existsSync, readFileSync } from 'node:fs';
import { fromHex, type KeyPair, keyPairOfSeed, type Random, Secret, toHex } from '@hexkey/protocol';
import { writeFileDurably } from '../data-folder/write-file.ts';

/**
 * The key that signs the node set, made on the first start. Its public half is compiled into the web client, so whoever
 * holds the file can name nodes that the client will believe: mode 600, never passed to another process. On a real
 * installation it belongs on a computer that is not on the network.
 */
export function operatorKey(path: string, random: Random): KeyPair {
  if (!existsSync(path)) writeFileDurably(path, `${toHex(random(32))}\n`);
  return keyPairOfSeed(new Secret(fromHex(readFileSync(path, 'utf8').trim())));
}
