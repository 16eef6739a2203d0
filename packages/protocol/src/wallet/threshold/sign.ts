import type { NonceCommitments, Nonces } from '@noble/curves/abstract/frost.js';
import { ed25519_FROST } from '@noble/curves/ed25519.js';
import { equalBytes } from '../../encoding/bytes.ts';
import { Secret } from '../../encoding/secret.ts';
import { MalformedError } from '../../pin/malformed.ts';
import type { Random } from '../../ports.ts';
import { frostIdentifier, identifierNumber } from './identifier.ts';
import type { KeyShare } from './key-generation.ts';
import { frostPublicOf, type WalletPackage } from './wallet-package.ts';

/** What a signer shows before it signs: two points, 32 bytes each. Good for one signature. */
export interface SigningCommitment {
  readonly identifier: number;
  readonly hiding: Uint8Array;
  readonly binding: Uint8Array;
}

/** Two scalars of one signer for one signature. They never rest anywhere; `signShare` zeroes them. */
export type SigningNonces = Secret<Nonces>;

/** One signer's part of a signature: a scalar, 32 bytes little-endian. */
export interface SignatureShare {
  readonly identifier: number;
  readonly share: Uint8Array;
}

/** Fresh nonces and their commitments. RFC 9591 section 5.1. @param random asked for 32 bytes twice */
export function commitToSign(
  key: KeyShare,
  random: Random,
): { readonly nonces: SigningNonces; readonly commitment: SigningCommitment } {
  const { nonces, commitments } = ed25519_FROST.commit(frostSecretOf(key), (lengthBytes) =>
    random(lengthBytes ?? 32),
  );
  const { hiding, binding } = commitments;
  return { nonces: new Secret(nonces), commitment: { identifier: key.identifier, hiding, binding } };
}

/**
 * Whether commitments are of so many different signers of the package as sign at least, in the order of their identifiers. The library
 * does not ask whether a signer is one.
 */
export function areSignersGood(
  { min, max }: Pick<WalletPackage, 'min' | 'max'>,
  identifiers: readonly number[],
): boolean {
  return (
    identifiers.length >= min &&
    identifiers.every(
      (identifier, index) =>
        Number.isInteger(identifier) &&
        identifier >= 1 &&
        identifier <= max &&
        (index === 0 || identifier > (identifiers[index - 1] as number)),
    )
  );
}

/**
 * RFC 9591 section 5.2. The nonces are zeroed: another call with them throws.
 * @throws {MalformedError} signers that are not of the package, or a commitment that is no point or, for this signer, not that of its nonces
 */
export function signShare(
  key: KeyShare,
  wallet: WalletPackage,
  nonces: SigningNonces,
  commitments: readonly SigningCommitment[],
  message: Uint8Array,
): SignatureShare {
  requireSigners(wallet, commitments);
  try {
    const share = ed25519_FROST.signShare(
      frostSecretOf(key),
      frostPublicOf(wallet),
      nonces.reveal(),
      commitments.map(toLibrary),
      message,
    );
    return { identifier: key.identifier, share };
  } catch (cause) {
    throw new MalformedError('the commitments are not for these nonces', { cause });
  }
}

/** RFC 9591 section 5.4. A share of nobody in the list, or that is no scalar, is a plain `false`. */
export function isShareGood(
  wallet: WalletPackage,
  commitments: readonly SigningCommitment[],
  message: Uint8Array,
  { identifier, share }: SignatureShare,
): boolean {
  requireSigners(wallet, commitments);
  try {
    return ed25519_FROST.verifyShare(
      frostPublicOf(wallet),
      commitments.map(toLibrary),
      message,
      frostIdentifier(identifier),
      share,
    );
  } catch {
    // The library throws for bytes that are no scalar or point; who sent them is not trusted.
    return false;
  }
}

export type Aggregation =
  /** An Ed25519 signature (RFC 8032), 64 bytes. */
  | { readonly verdict: 'signed'; readonly signature: Uint8Array }
  /** Signers whose shares do not verify. */
  | { readonly verdict: 'cheated'; readonly identifiers: readonly number[] };

/**
 * RFC 9591 section 5.3. When the sum does not verify, each share is checked.
 * @throws {MalformedError} shares that are not one of each signer
 */
export function aggregateShares(
  wallet: WalletPackage,
  commitments: readonly SigningCommitment[],
  message: Uint8Array,
  shares: readonly SignatureShare[],
): Aggregation {
  requireSigners(wallet, commitments);
  if (
    shares.length !== commitments.length ||
    commitments.some(({ identifier }) => !shares.some((share) => share.identifier === identifier))
  )
    throw new MalformedError('not a share of each signer');
  const byIdentifier = Object.fromEntries(
    shares.map(({ identifier, share }) => [frostIdentifier(identifier), share]),
  );
  try {
    const signature = ed25519_FROST.aggregate(
      frostPublicOf(wallet),
      commitments.map(toLibrary),
      message,
      byIdentifier,
    );
    return { verdict: 'signed', signature };
  } catch (error) {
    const identifiers = cheatersIn(error);
    if (identifiers.length === 0) throw error;
    return { verdict: 'cheated', identifiers };
  }
}

/** The library has checked each share when the sum did not verify, and names those that failed. */
function cheatersIn(error: unknown): readonly number[] {
  const { cheaters } = error as { readonly cheaters?: readonly string[] };
  return (cheaters ?? []).map(identifierNumber);
}

/** Whether two commitments are the same signer's same points. */
export function isSameCommitment(left: SigningCommitment, right: SigningCommitment): boolean {
  return (
    left.identifier === right.identifier &&
    equalBytes(left.hiding, right.hiding) &&
    equalBytes(left.binding, right.binding)
  );
}

function requireSigners(wallet: WalletPackage, commitments: readonly SigningCommitment[]): void {
  if (
    !areSignersGood(
      wallet,
      commitments.map(({ identifier }) => identifier),
    )
  )
    throw new MalformedError('the signers are not of the package');
}

function frostSecretOf({ identifier, share }: KeyShare) {
  return { identifier: frostIdentifier(identifier), signingShare: Uint8Array.from(share.reveal()) };
}

function toLibrary({ identifier, hiding, binding }: SigningCommitment): NonceCommitments {
  return {
    identifier: frostIdentifier(identifier),
    hiding: Uint8Array.from(hiding),
    binding: Uint8Array.from(binding),
  };
}
