import { newEntropy, Secret, toBase64url } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { openShares, sealShares, sharesKey } from './wallet-shares.ts';

const random = seededRandom('wallet shares');
const accountId = '0192f0c1-0000-7000-8000-000000000001';
const pinSecret = new Secret(random(32));
const entropy = newEntropy(random);
const shares = [6, 7, 8].map((identifier) => ({ identifier, share: new Secret(random(32)) }));
const sealedShares = toBase64url(
  sealShares(sharesKey(pinSecret, entropy), { accountId, epoch: 1 }, shares, random),
);
const opened = (key = sharesKey(pinSecret, entropy), account = accountId, epoch = 1) =>
  openShares(key, account, { epoch, sealedShares });

test('the PIN and the account shard together open the shares', () => {
  expect(opened()?.map(({ identifier, share }) => [identifier, share.reveal()])).toEqual(
    shares.map(({ identifier, share }) => [identifier, share.reveal()]),
  );
});

test('the right PIN with another account shard does not, nor the words with another PIN', () => {
  expect(opened(sharesKey(pinSecret, newEntropy(random)))).toBeNull();
  expect(opened(sharesKey(new Secret(random(32)), entropy))).toBeNull();
});

test('shares of another account or epoch do not open', () => {
  expect(opened(undefined, '0192f0c1-0000-7000-8000-000000000002')).toBeNull();
  expect(opened(undefined, undefined, 2)).toBeNull();
});
