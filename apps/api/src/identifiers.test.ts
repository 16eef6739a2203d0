import { schemas } from '@hexkey/contract';
import { seededRandom } from '@hexkey/testing';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { newHexkeyId, teamHexkeyId } from './accounts/hexkey-id.ts';
import { newCode } from './codes/four-digit-codes.ts';
import { newUuid, randomBelow } from './identifiers.ts';

const random = seededRandom('identifiers');
const ajv = new Ajv({ strict: true });

test('UUIDs are version 4, Hexkey IDs nine digits and never the official one', () => {
  for (let count = 0; count < 500; count += 1) {
    expect(ajv.validate(schemas.Uuid, newUuid(random))).toBe(true);
    const id = newHexkeyId(random);
    expect(id).toMatch(/^[1-9][0-9]{8}$/);
    expect(id).not.toBe(teamHexkeyId);
  }
});

test('a draw that would favour low numbers is thrown away', () => {
  const draws = [0xffffffff, 0xffffffff, 12_345];
  const scripted = () => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, draws.shift() ?? 0);
    return bytes;
  };
  expect(randomBelow(scripted, 10_000)).toBe(2_345);
  expect(draws).toEqual([]);
});

test('codes keep their leading zeros', () => {
  expect(newCode(() => new Uint8Array(4)).reveal()).toBe('0000');
});
