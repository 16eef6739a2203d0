import { seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { aRegistration } from '../testing/a-registration.ts';
import { emptyRecord, type PinRecord } from './pin-record.ts';
import { encodeRecord } from './record-codec.ts';
import { recordMemory } from './record-memory.ts';

const random = seededRandom('record memory');
const recordId = random(32);
const record: PinRecord = {
  ...emptyRecord(1),
  committed: { registration: aRegistration(random), nodeSetHash: null, loginKey: null, pinAuthKey: null },
};

test('a row is remembered from when it was written', () => {
  const memory = recordMemory();
  const bytes = memory.encode(recordId, record);
  expect(memory.decode(recordId, Uint8Array.from(bytes))).toBe(record);
});

test('a row that somebody else changed by one bit is read, not remembered', () => {
  const memory = recordMemory();
  memory.encode(recordId, record);
  const theirs: PinRecord = { ...record, clockEra: 2 };
  expect(memory.decode(recordId, encodeRecord(theirs)).clockEra).toBe(2);
  expect(memory.decode(recordId, encodeRecord(record)).clockEra).toBe(1);
});

test('a write that came to nothing is not mistaken for the row', () => {
  const memory = recordMemory();
  const bytes = memory.encode(recordId, record);
  memory.encode(recordId, { ...record, clockEra: 3 });
  expect(memory.decode(recordId, bytes).clockEra).toBe(1);
});
