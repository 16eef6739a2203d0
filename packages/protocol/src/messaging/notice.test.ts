import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MalformedError } from '../pin/malformed.ts';
import { cborMap, encodeCbor } from '../pin/wire/cbor.ts';
import { decodeNotice, encodeNotice, type GroupNotice } from './notice.ts';

const account = '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';

test('a notice is read back as it was written', () => {
  const notices: GroupNotice[] = [
    { what: 'role', account, role: 'admin' },
    { what: 'left', account },
    { what: 'join_requested', account },
    { what: 'join_approved', account },
    { what: 'deleted', account },
  ];
  for (const notice of notices) expect(decodeNotice(encodeNotice(notice))).toEqual(notice);
});

test('what a newer server says is passed over; what no server says is malformed', () => {
  expect(decodeNotice(encodeCbor(cborMap({ what: 'moved', account })))).toBeNull();
  for (const members of [
    { what: 'left' },
    { what: 'role', account, role: 'king' },
    { what: 'left', account: 'me' },
  ])
    expect(() => decodeNotice(encodeCbor(cborMap(members)))).toThrow(MalformedError);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        decodeNotice(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
  );
});
