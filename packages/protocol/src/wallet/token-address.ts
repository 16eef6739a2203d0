import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8 } from '../encoding/bytes.ts';
import { walletProgramAddress } from './solana-programs.ts';

/** Whether an address can have a private key. One that has none is a program's own: whoever pays it pays nobody. */
export function isOnCurve(address: Uint8Array): boolean {
  try {
    // As the ledger decompresses, which takes encodings that RFC 8032 does not.
    ed25519.Point.fromBytes(Uint8Array.from(address), true);
    return true;
  } catch {
    // The library throws for bytes that are no point; that is the answer "no".
    return false;
  }
}

/**
 * The associated token account of an owner: the first address off the curve, counted down from 255, of SHA-256 over the seeds owner, token program, mint
 * and the program's own address (Solana, `Pubkey::find_program_address`; associated token account program).
 * @param owner @param mint 32 bytes each
 */
export function associatedTokenAddress(
  owner: Uint8Array,
  mint: Uint8Array,
  program: 'token' | 'token-2022',
): Uint8Array {
  const associated = walletProgramAddress('associated-token');
  const seeds = concatBytes(owner, walletProgramAddress(program), mint);
  for (let bump = 255; bump >= 0; bump -= 1) {
    const marker = utf8('ProgramDerivedAddress');
    const address = sha256(concatBytes(seeds, Uint8Array.of(bump), associated, marker));
    if (!isOnCurve(address)) return address;
  }
  // One in 2^256.
  throw new RangeError('no address off the curve');
}
