import { createPublicKey, randomBytes, verify as verifyNative } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../encoding/secret.ts';
import { fromHex, toBase64url, toHex } from '../../encoding/text.ts';
import { MalformedError } from '../../pin/malformed.ts';
import type { Random } from '../../ports.ts';
import {
  beginKeyGeneration,
  CheatError,
  type KeyGeneration,
  type KeyShare,
  type Round1Package,
} from './key-generation.ts';
import { walletParties } from './parties.ts';
import { aggregateShares, commitToSign, isShareGood, signShare } from './sign.ts';
import { type WalletPackage, walletKeyOf, walletPackageHash } from './wallet-package.ts';

const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../../../vectors/${name}.json`, import.meta.url), 'utf8'));
const random: Random = (lengthBytes) => new Uint8Array(randomBytes(lengthBytes));
const { Point } = ed25519;
const pointOf = (scalar: string) => Point.BASE.multiply(Point.Fn.fromBytes(fromHex(scalar))).toBytes();

test('RFC 9591 Appendix E.1: nonces, commitments, shares and signature are those of the standard', () => {
  const vector = vectors('frost-ed25519');
  const wallet: WalletPackage = {
    epoch: 1,
    nodeSetHash: new Uint8Array(32),
    min: 2,
    max: 3,
    commitments: [fromHex(vector.groupPublicKey), pointOf(vector.sharePolynomialCoefficients[0])],
    verifyingShares: vector.participantShares.map(pointOf),
  };
  const message = fromHex(vector.message);
  const signers = vector.signers.map((signer: Record<string, string> & { identifier: number }) => {
    const key: KeyShare = {
      identifier: signer.identifier,
      share: new Secret(fromHex(vector.participantShares[signer.identifier - 1])),
    };
    const drawn = [signer.hidingNonceRandomness, signer.bindingNonceRandomness];
    return { key, signer, made: commitToSign(key, () => fromHex(drawn.shift() as string)) };
  });
  for (const { made, signer } of signers) {
    expect(toHex(made.nonces.reveal().hiding)).toBe(signer.hidingNonce);
    expect(toHex(made.nonces.reveal().binding)).toBe(signer.bindingNonce);
    expect(toHex(made.commitment.hiding)).toBe(signer.hidingNonceCommitment);
    expect(toHex(made.commitment.binding)).toBe(signer.bindingNonceCommitment);
  }
  const commitments = signers.map(({ made }: (typeof signers)[number]) => made.commitment);
  const shares = signers.map(({ key, made }: (typeof signers)[number]) =>
    signShare(key, wallet, made.nonces, commitments, message),
  );
  expect(shares.map(({ share }: { share: Uint8Array }) => toHex(share))).toEqual(
    vector.signers.map(({ signatureShare }: { signatureShare: string }) => signatureShare),
  );
  for (const share of shares) expect(isShareGood(wallet, commitments, message, share)).toBe(true);
  const signed = aggregateShares(wallet, commitments, message, shares);
  expect(signed.verdict === 'signed' && toHex(signed.signature)).toBe(vector.signature);
});

test('key generation of figure 1: shares and key are those that frost-ed25519 published', () => {
  const vector = vectors('frost-ed25519-dkg');
  const [first] = vector.participants;
  // The library makes a scalar of 48 bytes as (bytes mod (L-1)) + 1; the third is the nonce of the proof.
  const drawn = [first.secret, first.coefficient, first.secret].map((scalar: string) => scalarBefore(scalar));
  const participant = beginKeyGeneration(
    { min: 2, max: 3 },
    1,
    () => drawn.shift() as Uint8Array<ArrayBuffer>,
  );
  expect(participant.round1.commitment.map(toHex)).toEqual(first.commitment);
  const others: Round1Package[] = vector.participants.slice(1).map(published);
  const outgoing = participant.exchange([participant.round1, ...others]);
  for (const { to, share } of vector.fromParticipant1)
    expect(toHex(outgoing.get(to)?.reveal() ?? new Uint8Array())).toBe(share);
  const made = participant.finish(
    vector.toParticipant1.map(({ from, share }: { from: number; share: string }) => ({
      from,
      share: new Secret(fromHex(share)),
    })),
  );
  expect(toHex(made.key.share.reveal())).toBe(vector.share1);
  expect(toHex(walletKeyOf(made.public))).toBe(vector.publicKey);
  expect(made.public.verifyingShares.map(toHex)).toEqual(vector.verifyingShares);
});

describe('6 of 8, made by all eight', () => {
  const parties = walletParties(3);
  const { shares, wallet } = generate(parties);
  const message = random(200);

  test('any six sign what plain Ed25519 verifies, five do not', () => {
    const { signature } = sign(shares.slice(2), wallet, message);
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(walletKeyOf(wallet)) },
      format: 'jwk',
    });
    expect(verifyNative(null, message, key, signature)).toBe(true);
    expect(() => sign(shares.slice(3), wallet, message)).toThrow(MalformedError);
    // Five that claim to be enough make something that no one takes for a signature.
    expect(() => sign(shares.slice(0, 5), { ...wallet, min: 5 }, message)).toThrow();
  });

  test('a signer who is not of the package, twice the same or out of order is refused before anything is signed', () => {
    const [first] = shares as [KeyShare];
    const all = shares.slice(0, 6).map((share) => commitToSign(share, random));
    const commitments = all.map(({ commitment }) => commitment);
    const stranger = { ...commitments[5], identifier: 9 } as (typeof commitments)[number];
    const nonces = all[0]?.nonces as (typeof all)[number]['nonces'];
    for (const list of [
      [...commitments.slice(0, 5), stranger],
      [...commitments, stranger],
      [...commitments.slice(0, 5), commitments[4] as (typeof commitments)[number]],
      commitments.toReversed(),
      commitments.slice(1),
    ])
      expect(() => signShare(first, wallet, nonces, list, message)).toThrow(MalformedError);
    expect(signShare(first, wallet, nonces, commitments, message).share.length).toBe(32);
  });

  test('nonces sign once', () => {
    const [first] = shares as [KeyShare];
    const all = shares.slice(0, 6).map((share) => commitToSign(share, random));
    const commitments = all.map(({ commitment }) => commitment);
    const nonces = all[0]?.nonces as (typeof all)[number]['nonces'];
    signShare(first, wallet, nonces, commitments, message);
    expect(() => signShare(first, wallet, nonces, commitments, random(10))).toThrow();
  });

  test('a share that does not verify names its signer', () => {
    const signers = shares.slice(0, 6);
    const all = signers.map((share) => ({ share, ...commitToSign(share, random) }));
    const commitments = all.map(({ commitment }) => commitment);
    const made = all.map(({ share, nonces }) => signShare(share, wallet, nonces, commitments, message));
    const altered = made.map((each) =>
      each.identifier === 4 ? { identifier: 4, share: made[0]?.share as Uint8Array } : each,
    );
    expect(aggregateShares(wallet, commitments, message, altered)).toEqual({
      verdict: 'cheated',
      identifiers: [4],
    });
  });

  test('the hash of the package changes with everything in it', () => {
    const hash = toHex(walletPackageHash(wallet));
    const swapped = [
      wallet.verifyingShares[1],
      wallet.verifyingShares[0],
      ...wallet.verifyingShares.slice(2),
    ];
    for (const other of [
      { ...wallet, epoch: 2 },
      { ...wallet, nodeSetHash: random(32) },
      { ...wallet, min: 5 },
      { ...wallet, max: 9 },
      { ...wallet, verifyingShares: swapped as Uint8Array[] },
      { ...wallet, commitments: wallet.commitments.slice(1) },
    ])
      expect(toHex(walletPackageHash(other))).not.toBe(hash);
  });
});

describe('who cheats in key generation is named', () => {
  const parties = { min: 2, max: 3 };
  const three = () => [1, 2, 3].map((identifier) => beginKeyGeneration(parties, identifier, random));

  test('with a proof for another key, for another identifier, or commitments of another number', () => {
    const [me, you, third] = three() as [KeyGeneration, KeyGeneration, KeyGeneration];
    for (const forged of [
      { ...you.round1, proof: third.round1.proof },
      { ...third.round1, identifier: 2 },
      { ...you.round1, commitment: you.round1.commitment.slice(1) },
      { ...you.round1, commitment: [Point.ZERO.toBytes(), you.round1.commitment[1] as Uint8Array] },
    ]) {
      const exchange = () => me.exchange([me.round1, forged, third.round1]);
      expect(exchange).toThrow(CheatError);
      expect(exchange).toThrow('participant 2 ');
    }
    expect(me.exchange([me.round1, you.round1, third.round1]).size).toBe(2);
  });

  test('with a share that is not the committed one', () => {
    const all = three() as [KeyGeneration, KeyGeneration, KeyGeneration];
    const packages = all.map(({ round1 }) => round1);
    const [, second, third] = all.map((each) => each.exchange(packages));
    const share = (
      from: number,
      shares: ReadonlyMap<number, Secret<Uint8Array>> | undefined,
      to: number,
    ) => ({
      from,
      share: shares?.get(to) as Secret<Uint8Array>,
    });
    expect(() => all[0].finish([share(2, second, 1), share(3, third, 2)])).toThrow('participant 3 ');
    const made = all[0].finish([share(2, second, 1), share(3, third, 1)]);
    expect(made.key.identifier).toBe(1);
  });

  test('packages other than those of round 2, of too few, or with our own exchanged are refused', () => {
    const [me, you, third] = three() as [KeyGeneration, KeyGeneration, KeyGeneration];
    const mine = beginKeyGeneration(parties, 1, random).round1;
    expect(() => me.exchange([me.round1, you.round1])).toThrow(MalformedError);
    expect(() => me.exchange([mine, you.round1, third.round1])).toThrow(MalformedError);
    expect(() => me.finish([])).toThrow(MalformedError);
    me.exchange([me.round1, you.round1, third.round1]);
    const other = beginKeyGeneration(parties, 3, random).round1;
    expect(() => me.exchange([me.round1, you.round1, other])).toThrow();
  });
});

function generate({ min, max }: { min: number; max: number }) {
  const all = Array.from({ length: max }, (_, index) => beginKeyGeneration({ min, max }, index + 1, random));
  const packages = all.map(({ round1 }) => round1);
  const outgoing = all.map((each) => each.exchange(packages));
  const made = all.map((each, index) =>
    each.finish(
      outgoing.flatMap((shares, from) =>
        from === index ? [] : [{ from: from + 1, share: shares.get(index + 1) as Secret<Uint8Array> }],
      ),
    ),
  );
  const wallet: WalletPackage = {
    epoch: 1,
    nodeSetHash: new Uint8Array(32),
    ...(made[0] as (typeof made)[number]).public,
  };
  return { shares: made.map(({ key }) => key), wallet };
}

function sign(signers: readonly KeyShare[], wallet: WalletPackage, message: Uint8Array) {
  const all = signers.map((share) => ({ share, ...commitToSign(share, random) }));
  const commitments = all.map(({ commitment }) => commitment);
  const made = all.map(({ share, nonces }) => signShare(share, wallet, nonces, commitments, message));
  const aggregated = aggregateShares(wallet, commitments, message, made);
  if (aggregated.verdict !== 'signed') throw new Error('not signed');
  return aggregated;
}

function published(participant: { identifier: number; commitment: string[]; proof: string }): Round1Package {
  const { identifier, commitment, proof } = participant;
  return { identifier, commitment: commitment.map(fromHex), proof: fromHex(proof) };
}

function scalarBefore(scalar: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(48);
  bytes.set(Point.Fn.toBytes(Point.Fn.fromBytes(fromHex(scalar)) - 1n));
  return bytes;
}
