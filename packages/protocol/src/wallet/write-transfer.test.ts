import fc from 'fast-check';
import { expect, test } from 'vitest';
import vectors from '../../../../vectors/associated-token-address.json' with { type: 'json' };
import { fromBase58, toBase58 } from '../encoding/base58.ts';
import { readTransfer } from './read-transfer.ts';
import { associatedTokenAddress, isOnCurve } from './token-address.ts';
import { writeTransfer } from './write-transfer.ts';

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const amount = fc.bigInt({ min: 0n, max: 2n ** 63n });
const memo = fc.option(fc.string({ unit: 'grapheme', minLength: 0, maxLength: 200 }));

test('what is written for SOL is read again as it was meant, whatever it is', () => {
  fc.assert(
    fc.property(bytes, bytes, bytes, amount, memo, (wallet, recentBlockhash, destination, lamports, text) => {
      const payment = { asset: 'sol', destination, amount: lamports } as const;
      const compute = { unitLimit: 30_000, unitPriceMicroLamports: 1_000n };
      const message = writeTransfer({ wallet, recentBlockhash, payment, memo: text, compute });
      const reading = readTransfer(wallet, message);
      expect(reading).toMatchObject({
        verdict: 'allowed',
        transfer: { recentBlockhash, payment, recipient: destination, memo: text },
      });
    }),
  );
});

test('what is written for a token is read again, with its recipient where their account is made', () => {
  const program = fc.constantFrom('token', 'token-2022');
  fc.assert(
    fc.property(
      bytes,
      bytes,
      bytes,
      program,
      amount,
      fc.boolean(),
      (wallet, owner, mint, kind, raw, creates) => {
        const payment = {
          asset: 'token',
          program: kind as 'token',
          mint,
          source: associatedTokenAddress(wallet, mint, kind as 'token'),
          destination: associatedTokenAddress(owner, mint, kind as 'token'),
          amount: raw,
          decimals: 6,
        } as const;
        const message = writeTransfer({
          wallet,
          recentBlockhash: new Uint8Array(32),
          payment: { ...payment, createFor: creates ? owner : null },
          memo: 'rent',
          compute: null,
        });
        expect(readTransfer(wallet, message)).toMatchObject({
          verdict: 'allowed',
          transfer: { payment, recipient: creates ? owner : null, memo: 'rent' },
        });
      },
    ),
    { numRuns: 20 },
  );
});

test.each(vectors.addresses)('the associated account of $owner for $mint is that of the ledger', (vector) => {
  const [owner, mint] = [fromBase58(vector.owner, 32), fromBase58(vector.mint, 32)];
  expect(isOnCurve(owner)).toBe(true);
  const address = associatedTokenAddress(owner, mint, vector.program as 'token' | 'token-2022');
  expect(toBase58(address)).toBe(vector.address);
  expect(isOnCurve(address)).toBe(false);
});
