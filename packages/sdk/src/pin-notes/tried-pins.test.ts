import { webcrypto } from 'node:crypto';
import { Secret } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Engine } from '../storage/engine.ts';
import { type TriedPins, versionsTried, withTriedPin } from './tried-pins.ts';

const engine = webcrypto.subtle as Engine;
const random = seededRandom('tried pins');
const [first, second] = [random(16), random(16)];
const candidate = (digits: string, accountId = 'ada') => ({ accountId, pin: new Secret(digits) });

test('digits are known for exactly the record and the account they were wrong for', async () => {
  const tried = await withTriedPin(engine, null, candidate('271828'), first);
  expect(await versionsTried(engine, tried, candidate('271828'))).toEqual([first]);
  expect(await versionsTried(engine, tried, candidate('271829'))).toEqual([]);
  expect(await versionsTried(engine, tried, candidate('271828', 'grace'))).toEqual([]);
  const both = await withTriedPin(engine, tried, candidate('271828'), second);
  expect(await versionsTried(engine, both, candidate('271828'))).toEqual([first, second]);
});

test('the same digits are counted once', async () => {
  const once = await withTriedPin(engine, null, candidate('271828'), first);
  const twice = await withTriedPin(engine, once, candidate('271828'), first);
  expect(twice.marks).toHaveLength(1);
});

test('of any entries, those that were tried are known and no others', async () => {
  const digits = fc.integer({ min: 0, max: 40 }).map((value) => String(value).padStart(6, '0'));
  await fc.assert(
    fc.asyncProperty(fc.array(digits, { minLength: 1, maxLength: 8 }), digits, async (entered, asked) => {
      let tried: TriedPins | null = null;
      for (const pin of entered) tried = await withTriedPin(engine, tried, candidate(pin), first);
      const found = await versionsTried(engine, tried as TriedPins, candidate(asked));
      expect(found.length > 0).toBe(entered.includes(asked));
    }),
    { numRuns: 30 },
  );
});

test('the key cannot be exported, each list has its own, and no mark shows the digits', async () => {
  const one = await withTriedPin(engine, null, candidate('271828'), first);
  const other = await withTriedPin(engine, null, candidate('271828'), first);
  expect(one.key.extractable).toBe(false);
  await expect(webcrypto.subtle.exportKey('raw', one.key as never)).rejects.toThrow();
  expect(one.marks[0]?.mark).not.toEqual(other.marks[0]?.mark);
  expect(one.marks[0]?.mark).toHaveLength(32);
  expect(Buffer.from(one.marks[0]?.mark ?? []).includes('271828')).toBe(false);
});
