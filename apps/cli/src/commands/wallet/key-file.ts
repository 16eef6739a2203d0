import { fromBase58, fromHex, isKeyOf, Secret, toHex } from '@hexkey/protocol';
import type { ExportedKey } from '@hexkey/sdk';
import { readPrivateFile, writePrivateFile } from '@hexkey/sdk/node';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { UsageError } from '../../usage-error.ts';

const KeyFile = Type.Object({
  /** Said in the file itself: whoever finds it years later has nothing else. */
  readme: Type.String(),
  address: Type.String({ pattern: '^[1-9A-HJ-NP-Za-km-z]{32,44}$' }),
  /** Little-endian, 32 bytes in hexadecimal. */
  scalar: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  /** Signed bytes whose end nobody has seen: they are sent again before anything else is signed. */
  pending: Type.Union([
    Type.Null(),
    Type.Object({
      transaction: Type.String({ pattern: '^([0-9a-f]{2})+$' }),
      signature: Type.String(),
      lastValidBlockHeight: Type.Integer({ minimum: 0 }),
    }),
  ]),
});
export type KeyFile = Static<typeof KeyFile>;

const readme =
  'The key of this Solana address, whole: whoever has it can pay, for ever, without PIN and limits. It is the scalar of Ed25519 and no seed, so wallets cannot import it; `hexkey wallet sign-with-key` pays with it.';

/** @throws {UsageError} something is there already: it may be another key */
export function checkIsFree(path: string): void {
  if (readPrivateFile(path) !== null)
    throw new UsageError('There is a file of that name. Nothing was written.');
}

/** @throws {UsageError} as `checkIsFree` */
export function writeNewKeyFile(path: string, { address, scalar }: ExportedKey): void {
  checkIsFree(path);
  writeKeyFile(path, { readme, address, scalar: toHex(scalar.reveal()), pending: null });
}

export function writeKeyFile(path: string, file: KeyFile): void {
  writePrivateFile(path, `${JSON.stringify(file, null, 2)}\n`);
}

/** @throws {UsageError} no such file, or none that was exported @throws {DomainError} `StorageUnavailable`: others can read it */
export function readKeyFile(path: string): { readonly file: KeyFile; readonly key: ExportedKey } {
  const text = readPrivateFile(path);
  if (text === null) throw new UsageError('There is no such file.');
  const file = jsonOf(text);
  if (!Value.Check(KeyFile, file))
    throw new UsageError('This is no file that `hexkey wallet export-take` wrote.');
  const scalar = new Secret<Uint8Array>(fromHex(file.scalar));
  if (!isKeyOf(scalar, fromBase58(file.address, 32)))
    throw new UsageError('The key in this file is not that of its address. It was changed.');
  return { file, key: { address: file.address, scalar } };
}

/** Null for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
