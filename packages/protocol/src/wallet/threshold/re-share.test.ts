import { createPublicKey, verify } from 'node:crypto';
import { seededRandom } from '@hexkey/testing';
import { ed25519 } from '@noble/curves/ed25519.js';
import { beforeAll, expect, test } from 'vitest';
import { Secret } from '../../encoding/secret.ts';
import { toBase64url } from '../../encoding/text.ts';
import { MalformedError } from '../../pin/malformed.ts';
import { beginKeyGeneration, CheatError, type KeyShare } from './key-generation.ts';
import { walletParties } from './parties.ts';
import { type DealtPackage, dealShare, receiveShares, redealtPackage } from './re-share.ts';
import { aggregateShares, commitToSign, signShare } from './sign.ts';
import { type WalletPackage, walletKeyOf } from './wallet-package.ts';

// 4 of 5 (three nodes) become 6 of 8 (five nodes): any four deal.
const random = seededRandom('re-share');
const before = walletParties(2);
const after = { ...walletParties(3), nodeSetHash: new Uint8Array(32).fill(2) };
const dealers = [1, 2, 4, 5];
const message = random(100);
let wallet: WalletPackage;
let shares: readonly KeyShare[];

beforeAll(() => {
  const all = Array.from({ length: before.max }, (_, index) => beginKeyGeneration(before, index + 1, random));
  const packages = all.map(({ round1 }) => round1);
  const outgoing = all.map((each) => each.exchange(packages));
  const made = all.map((each, to) =>
    each.finish(
      outgoing.flatMap((sent, from) =>
        from === to ? [] : [{ from: from + 1, share: sent.get(to + 1) as Secret<Uint8Array> }],
      ),
    ),
  );
  wallet = { epoch: 1, nodeSetHash: new Uint8Array(32), ...(made[0] as (typeof made)[number]).public };
  shares = made.map(({ key }) => key);
});

const deal = () =>
  dealers.map((dealer) => dealShare(shares[dealer - 1] as KeyShare, wallet, dealers, after, random));
function receive(dealt: ReturnType<typeof deal>, renewed: WalletPackage, identifier: number) {
  const packages = dealt.map((each) => each.package);
  const sent = dealt.map((each) => ({
    from: each.package.identifier,
    share: each.shares.get(identifier) as Secret<Uint8Array>,
  }));
  return receiveShares(identifier, renewed, packages, sent);
}
function sign(signers: readonly KeyShare[], by: WalletPackage) {
  const all = signers.map((key) => ({ key, ...commitToSign(key, random) }));
  const commitments = all.map(({ commitment }) => commitment);
  const made = all.map(({ key, nonces }) => signShare(key, by, nonces, commitments, message));
  return aggregateShares(by, commitments, message, made);
}

test('other holders, another threshold, the same key; old shares and new ones do not mix', () => {
  const dealt = deal();
  const renewed = redealtPackage(
    wallet,
    dealt.map((each) => each.package),
    after,
  );
  expect(renewed).toMatchObject({ epoch: 2, min: 6, max: 8, nodeSetHash: after.nodeSetHash });
  expect(walletKeyOf(renewed)).toEqual(walletKeyOf(wallet));
  const next = [1, 2, 3, 4, 5, 6].map((identifier) => receive(dealt, renewed, identifier));
  const signed = sign(next, renewed);
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(walletKeyOf(wallet)) },
    format: 'jwk',
  });
  expect(signed.verdict === 'signed' && verify(null, message, key, signed.signature)).toBe(true);
  const mixed = sign([shares[0] as KeyShare, ...next.slice(1)], renewed);
  expect(mixed).toEqual({ verdict: 'cheated', identifiers: [1] });
});

test('a dealer that shares out anything but its weighted share is named, and so is one that sends another share', () => {
  const dealt = deal();
  const packages = dealt.map((each) => each.package);
  const another = dealShare(
    { identifier: 2, share: new Secret(Uint8Array.from(ed25519.Point.Fn.toBytes(5n))) },
    wallet,
    dealers,
    after,
    random,
  ).package;
  for (const forged of [
    another,
    { identifier: 2, commitment: (packages[1] as DealtPackage).commitment.slice(1) },
    { identifier: 2, commitment: (packages[1] as DealtPackage).commitment.map(() => new Uint8Array(32)) },
  ]) {
    const list = packages.map((each) => (each.identifier === 2 ? forged : each));
    expect(() => redealtPackage(wallet, list, after)).toThrow(CheatError);
    expect(() => redealtPackage(wallet, list, after)).toThrow('participant 2 ');
  }
  const renewed = redealtPackage(wallet, packages, after);
  const sent = dealt.map(({ package: { identifier: from }, shares: made }) => ({
    from,
    share: made.get(from === 4 ? 2 : 1) as Secret<Uint8Array>,
  }));
  expect(() => receiveShares(1, renewed, packages, sent)).toThrow('participant 4 ');
  expect(() => receiveShares(1, renewed, packages, sent.slice(1))).toThrow(MalformedError);
});

test('fewer dealers than sign deal nothing', () => {
  const few = [1, 2, 4];
  expect(() => dealShare(shares[0] as KeyShare, wallet, few, after, random)).toThrow(MalformedError);
  expect(() => dealShare(shares[2] as KeyShare, wallet, dealers, after, random)).toThrow(MalformedError);
  const packages = deal().map((each) => each.package);
  expect(() => redealtPackage(wallet, packages.slice(1), after)).toThrow(MalformedError);
});
