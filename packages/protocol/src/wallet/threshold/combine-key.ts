import { ed25519, ed25519_FROST } from '@noble/curves/ed25519.js';
import { equalBytes } from '../../encoding/bytes.ts';
import { Secret } from '../../encoding/secret.ts';
import { MalformedError } from '../../pin/malformed.ts';
import { frostIdentifier } from './identifier.ts';
import type { KeyShare } from './key-generation.ts';
import { type WalletPackage, walletKeyOf } from './wallet-package.ts';

const { Point } = ed25519;
const { Fn } = Point;

/** Whether a share is the one that the package has of its holder: share times the base point. RFC 9591 Appendix C.2. */
export function isShareOfPackage({ identifier, share }: KeyShare, wallet: WalletPackage): boolean {
  const expected = wallet.verifyingShares[identifier - 1];
  const scalar = scalarOf(share);
  return expected !== undefined && scalar !== null && equalBytes(publicOf(scalar), expected);
}

/**
 * The wallet's key in one place: RFC 9591 Appendix C.1, `secret_share_combine`. Only for its owner's own export.
 * @returns a scalar, 32 bytes little-endian; not an Ed25519 seed (RFC 8032), which no hash would lead to
 * @throws {MalformedError} fewer shares than sign, one twice, or shares of another key
 */
export function combineKey(wallet: WalletPackage, shares: readonly KeyShare[]): Secret<Uint8Array> {
  const { min, max } = wallet;
  const own = shares.map(({ identifier, share }) => ({
    identifier: frostIdentifier(identifier),
    signingShare: Uint8Array.from(share.reveal()),
  }));
  if (new Set(own.map(({ identifier }) => identifier)).size !== own.length || own.length < min)
    throw new MalformedError('not enough shares of the key');
  const key = new Secret(Uint8Array.from(ed25519_FROST.combineSecret(own, { min, max })));
  if (!isKeyOf(key, walletKeyOf(wallet))) throw new MalformedError('the shares are of another key');
  return key;
}

/** @param publicKey 32 bytes: the address */
export function isKeyOf(key: Secret<Uint8Array>, publicKey: Uint8Array): boolean {
  const scalar = scalarOf(key);
  return scalar !== null && equalBytes(publicOf(scalar), publicKey);
}

/** An ordinary Ed25519 signature by the exported key, 64 bytes; its nonce is random. RFC 9591 section 5, with one signer. */
export function signWithKey(key: Secret<Uint8Array>, message: Uint8Array): Uint8Array {
  return ed25519_FROST.sign(Uint8Array.from(message), Uint8Array.from(key.reveal()));
}

const publicOf = (scalar: bigint) => Point.BASE.multiply(scalar).toBytes();

/** Null for bytes that are no scalar of the group, and for nought. */
function scalarOf(bytes: Secret<Uint8Array>): bigint | null {
  try {
    const scalar = Fn.fromBytes(Uint8Array.from(bytes.reveal()));
    return scalar === 0n ? null : scalar;
  } catch {
    // The library throws for what is out of range; who sent it is not trusted.
    return null;
  }
}
