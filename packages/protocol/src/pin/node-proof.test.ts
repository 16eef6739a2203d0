import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from '../encoding/text.ts';
import { MalformedError } from './malformed.ts';
import {
  formatLoginProof,
  formatNodeProof,
  formatNodeUser,
  nodeProofStatement,
  parseLoginProof,
  parseNodeProof,
  parseNodeUser,
} from './node-proof.ts';

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('headers parse to what was formatted', () => {
  fc.assert(
    fc.property(
      octets(32),
      fc.nat(4_000_000_000_000),
      octets(16),
      octets(64),
      (deviceKey, timeMs, nonce, signature) => {
        const proof = { deviceKey, timeMs, nonce, signature };
        expect(parseNodeProof(formatNodeProof(proof))).toEqual(proof);
        const login = { loginKey: deviceKey, signature };
        expect(parseLoginProof(formatLoginProof(login))).toEqual(login);
      },
    ),
  );
  const user = { tenant: 'hexkey', userId: '9a3f2c1e-0000-4000-8000-000000000001' };
  expect(parseNodeUser(formatNodeUser(user))).toEqual(user);
});

test('any other header is malformed', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `v1;${text}`),
      ),
      (header) => {
        expect(() => parseNodeProof(header)).toThrow(MalformedError);
        expect(() => parseLoginProof(header)).toThrow(MalformedError);
      },
    ),
  );
  for (const header of ['hexkey', 'hexkey;', ';x', 'hexkey;a;b', 'hexkey;a b', 'hex key;a'])
    expect(() => parseNodeUser(header)).toThrow(MalformedError);
});

const request = {
  realmId: new Uint8Array(16),
  token: 'token',
  user: { tenant: 'hexkey', userId: 'u' },
  body: Uint8Array.of(1),
  timeMs: 1,
  nonce: new Uint8Array(16),
  deviceKey: new Uint8Array(32),
};

test('the statement is the documented byte string', () => {
  expect(toHex(nodeProofStatement({ ...request, token: null, body: new Uint8Array(0) }))).toBe(
    [
      '00000013',
      toHex(new TextEncoder().encode('hexkey/1 node-proof')),
      '00000010',
      '00'.repeat(16),
      // SHA-256 of nothing, FIPS 180-4.
      '00000020e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '00000008',
      toHex(new TextEncoder().encode('hexkey;u')),
      '00000020e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '0000000000000001',
      '00000010',
      '00'.repeat(16),
      '00000020',
      '00'.repeat(32),
    ].join(''),
  );
});

test('every part of a request changes the statement', () => {
  const statement = toHex(nodeProofStatement(request));
  for (const change of [
    { realmId: new Uint8Array(16).fill(1) },
    { token: null },
    { user: { tenant: 'hexkey', userId: 'v' } },
    { body: Uint8Array.of(2) },
    { timeMs: 2 },
    { nonce: new Uint8Array(16).fill(1) },
    { deviceKey: new Uint8Array(32).fill(1) },
  ])
    expect(toHex(nodeProofStatement({ ...request, ...change }))).not.toBe(statement);
});
