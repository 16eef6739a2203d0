import type { FrostPublic } from '@noble/curves/abstract/frost.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { statement } from '../../account/statements.ts';
import { uint64 } from '../../encoding/bytes.ts';
import { frostIdentifier } from './identifier.ts';

/** What everybody knows of a wallet's key. docs/protocol/wallet.md section 1. */
export interface WalletPackage {
  /** 1 at creation, one more with every re-share. */
  readonly epoch: number;
  /** Hash of the node set whose nodes hold shares, 32 bytes. */
  readonly nodeSetHash: Uint8Array;
  readonly min: number;
  readonly max: number;
  /** Points, 32 bytes each: commitments to the coefficients of the shared polynomial, `min` of them. The first is the wallet's public key. */
  readonly commitments: readonly Uint8Array[];
  /** Points, 32 bytes each: share times base point, of the identifiers 1 to `max`. */
  readonly verifyingShares: readonly Uint8Array[];
}

/** The group's public key, 32 bytes: wallet id and Solana address. */
export function walletKeyOf({ commitments }: Pick<WalletPackage, 'commitments'>): Uint8Array {
  const [key] = commitments;
  if (key === undefined) throw new RangeError('a package has commitments');
  return key;
}

/** What nodes and client compare, and what vouchers name. 32 bytes. */
export function walletPackageHash(wallet: WalletPackage): Uint8Array {
  return sha256(
    statement(
      'hexkey/1 wallet-package',
      uint64(wallet.epoch),
      wallet.nodeSetHash,
      uint64(wallet.min),
      uint64(wallet.max),
      ...wallet.commitments,
      ...wallet.verifyingShares,
    ),
  );
}

/** The library's form. */
export function frostPublicOf({ min, max, commitments, verifyingShares }: WalletPackage): FrostPublic {
  return {
    signers: { min, max },
    commitments: commitments.map((point) => Uint8Array.from(point)),
    verifyingShares: Object.fromEntries(
      verifyingShares.map((point, index) => [frostIdentifier(index + 1), Uint8Array.from(point)]),
    ),
  };
}
