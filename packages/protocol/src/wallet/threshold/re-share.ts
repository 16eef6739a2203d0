import { ed25519, ed25519_FROST } from '@noble/curves/ed25519.js';
import { equalBytes } from '../../encoding/bytes.ts';
import { Secret } from '../../encoding/secret.ts';
import { MalformedError } from '../../pin/malformed.ts';
import type { Random } from '../../ports.ts';
import { frostIdentifier } from './identifier.ts';
import { CheatError, type KeyShare } from './key-generation.ts';
import type { WalletParties } from './parties.ts';
import { areSignersGood } from './sign.ts';
import { type WalletPackage, walletKeyOf } from './wallet-package.ts';

/*
 * Shares of one key for other holders, without the key: each of enough old holders shares its weighted share out anew. Desmedt and Jajodia,
 * "Redistributing secret shares to new access structures" (1997); with Feldman's check as Wong, Wang and Wing, "Verifiable secret
 * redistribution" (2002). The old polynomial and the new one have nothing in common but the key.
 */

const { Point } = ed25519;
const { Fn } = Point;

/** What an old holder tells everybody: commitments to its polynomial, whose constant term is its weighted share. */
export interface DealtPackage {
  /** Of the dealer, in the old package. */
  readonly identifier: number;
  /** Points, 32 bytes each: as many as shares will sign. */
  readonly commitment: readonly Uint8Array[];
}

/** A dealer's share for one new holder: sealed on the way, as in key generation. */
export interface DealtShare {
  /** Of the dealer, in the old package. */
  readonly from: number;
  readonly share: Secret<Uint8Array>;
}

/**
 * Deals lambda_i·s_i to the new holders by the library's Feldman sharing (RFC 9591 Appendix C.2).
 * @param dealers all who deal, in the order of their old identifiers: the weights depend on them
 * @param next numbers of the new holders
 * @throws {MalformedError} fewer dealers than sign, or dealers without this one
 */
export function dealShare(
  key: KeyShare,
  wallet: WalletPackage,
  dealers: readonly number[],
  next: Pick<WalletParties, 'min' | 'max'>,
  random: Random,
): { readonly package: DealtPackage; readonly shares: ReadonlyMap<number, Secret<Uint8Array>> } {
  requireDealers(wallet, dealers);
  if (!dealers.includes(key.identifier)) throw new MalformedError('this holder does not deal');
  const own = Fn.mul(weightOf(key.identifier, dealers), Fn.fromBytes(Uint8Array.from(key.share.reveal())));
  const { min, max } = next;
  const dealt = ed25519_FROST.trustedDealer({ min, max }, undefined, Fn.toBytes(own), (lengthBytes) =>
    random(lengthBytes ?? 32),
  );
  const identifiers = Array.from({ length: max }, (_, index) => index + 1);
  return {
    package: { identifier: key.identifier, commitment: dealt.public.commitments },
    shares: new Map(
      identifiers.map((identifier) => {
        const share = dealt.secretShares[frostIdentifier(identifier)];
        if (share === undefined) throw new Error('the library left a holder out');
        return [identifier, new Secret(share.signingShare)];
      }),
    ),
  };
}

/**
 * The package of the new epoch, from what the dealers told everybody. It has the wallet's key or there is none.
 * @throws {CheatError} a dealer that shares out anything but its weighted share, `MalformedError` fewer dealers than sign, or a package whose shares are not of its key
 */
export function redealtPackage(
  wallet: WalletPackage,
  packages: readonly DealtPackage[],
  next: Pick<WalletParties, 'min' | 'max'> & { readonly nodeSetHash: Uint8Array },
): WalletPackage {
  const { min, max, nodeSetHash } = next;
  const dealers = packages.map(({ identifier }) => identifier);
  requireDealers(wallet, dealers);
  const polynomials = packages.map(({ identifier, commitment }) => {
    const points = commitment.map(pointOrNull);
    const verifying = pointOrNull(wallet.verifyingShares[identifier - 1] ?? new Uint8Array(0));
    if (verifying === null) throw new MalformedError('the package has no such share');
    const expected = verifying.multiply(weightOf(identifier, dealers));
    if (points.length !== min || points.some((point) => point === null)) throw new CheatError(identifier);
    const good = points as NonNullable<(typeof points)[number]>[];
    if (!good[0]?.equals(expected)) throw new CheatError(identifier);
    return good;
  });
  const summed = Array.from({ length: min }, (_, degree) =>
    polynomials.reduce((sum, points) => sum.add(points[degree] ?? Point.ZERO), Point.ZERO),
  );
  const commitments = summed.map((point) => point.toBytes());
  if (!equalBytes(walletKeyOf({ commitments }), walletKeyOf(wallet)))
    throw new MalformedError('weighted shares do not add up to the key');
  const verifyingShares = Array.from({ length: max }, (_, index) =>
    // Horner's rule at the holder's identifier, highest coefficient first.
    summed
      .reduceRight((value, point) => value.multiplyUnsafe(BigInt(index + 1)).add(point), Point.ZERO)
      .toBytes(),
  );
  return { epoch: wallet.epoch + 1, nodeSetHash, min, max, commitments, verifyingShares };
}

/**
 * A new holder's share: the sum of what the dealers sent it.
 * @param packages that `redealtPackage` took
 * @throws {CheatError} a share that is not on its dealer's polynomial, `MalformedError` not one share of each dealer
 */
export function receiveShares(
  identifier: number,
  renewed: Pick<WalletPackage, 'min' | 'max'>,
  packages: readonly DealtPackage[],
  shares: readonly DealtShare[],
): KeyShare {
  if (shares.length !== packages.length) throw new MalformedError('not a share of each dealer');
  const { min, max } = renewed;
  const sum = packages.reduce((added, dealer) => {
    const share = shares.find(({ from }) => from === dealer.identifier)?.share;
    if (share === undefined) throw new MalformedError('not a share of each dealer');
    const signingShare = Uint8Array.from(share.reveal());
    if (!isOnPolynomial({ identifier, signingShare }, dealer, { min, max }))
      throw new CheatError(dealer.identifier);
    return Fn.add(added, Fn.fromBytes(signingShare));
  }, 0n);
  return { identifier, share: new Secret(Uint8Array.from(Fn.toBytes(sum))) };
}

/** RFC 9591 Appendix C.2, `vss_verify`. */
function isOnPolynomial(
  { identifier, signingShare }: { readonly identifier: number; readonly signingShare: Uint8Array },
  { commitment }: DealtPackage,
  signers: { readonly min: number; readonly max: number },
): boolean {
  try {
    ed25519_FROST.validateSecret(
      { identifier: frostIdentifier(identifier), signingShare },
      {
        signers,
        commitments: commitment.map((point) => Uint8Array.from(point)),
        verifyingShares: {},
      },
    );
    return true;
  } catch {
    // The library throws for a share that does not fit; for us that is the answer "no".
    return false;
  }
}

function requireDealers(wallet: WalletPackage, dealers: readonly number[]): void {
  if (!areSignersGood(wallet, dealers)) throw new MalformedError('the dealers are not enough holders');
}

/** lambda_i of RFC 9591 section 4.2: the weight of one share when these interpolate at 0. */
function weightOf(identifier: number, dealers: readonly number[]): bigint {
  const x = BigInt(identifier);
  const others = dealers.filter((dealer) => dealer !== identifier).map(BigInt);
  const numerator = others.reduce((product, other) => Fn.mul(product, other), Fn.ONE);
  const denominator = others.reduce((product, other) => Fn.mul(product, Fn.sub(other, x)), Fn.ONE);
  return Fn.div(numerator, denominator);
}

function pointOrNull(bytes: Uint8Array) {
  try {
    const point = Point.fromBytes(Uint8Array.from(bytes));
    return point.is0() || !point.isTorsionFree() ? null : point;
  } catch {
    // The library throws for bytes that are no point; the sender is not trusted.
    return null;
  }
}

/** Share times base point, 32 bytes: what the package has of this holder. */
export function verifyingShareOf({ share }: Pick<KeyShare, 'share'>): Uint8Array {
  return Point.BASE.multiply(Fn.fromBytes(Uint8Array.from(share.reveal()))).toBytes();
}
