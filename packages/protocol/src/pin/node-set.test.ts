import { expect, test } from 'vitest';
import { keyPairOfSeed } from '../account/ed25519.ts';
import { textOf, utf8 } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import { fromBase64url, toBase64url, toHex } from '../encoding/text.ts';
import { MalformedError } from './malformed.ts';
import { parseNodeSet, resolveNodeAddress } from './parse-node-set.ts';
import { signNodeSet, verifyNodeSet } from './sign-node-set.ts';

const operator = keyPairOfSeed(new Secret(new Uint8Array(32).fill(1)));
const limit = { attempts: 5, windowMs: 86_400_000 };
const key = toBase64url(new Uint8Array(32));
const node = (number: number, more: object = {}) => ({
  realmId: number.toString(16).padStart(32, '0'),
  address: `/nodes/${number}/`,
  operator: 'Hexkey demo',
  name: `Node ${number}`,
  region: '六位数字',
  logKey: key,
  hpkeKey: key,
  ...more,
});
const document = {
  id: 'demo',
  epoch: 1,
  threshold: 2,
  limits: { provenDevice: limit, words: limit, newDevice: limit },
  tenant: 'hexkey',
  nodes: [node(1), node(2), node(3)],
};
const payloadOf = (changes: object = {}) => utf8(JSON.stringify({ ...document, ...changes }));
const withNode = (changes: object) => payloadOf({ nodes: [node(1, changes), node(2), node(3)] });

test('a signed node set verifies, with the hash of its payload', () => {
  const { nodeSet, hash } = verifyNodeSet(signNodeSet(payloadOf(), operator.seed), operator.publicKey);
  expect(nodeSet).toEqual(document);
  expect(toHex(hash)).toHaveLength(64);
});

test('a changed payload, another key and a changed signature are refused', () => {
  const signed = signNodeSet(payloadOf(), operator.seed);
  const other = keyPairOfSeed(new Secret(new Uint8Array(32).fill(2)));
  const changed = textOf(fromBase64url(signed.payload)).replace('"threshold":2', '"threshold":3');
  for (const [doc, operatorKey] of [
    [signed, other.publicKey],
    [{ ...signed, payload: toBase64url(utf8(changed)) }, operator.publicKey],
    [{ ...signed, signature: toBase64url(new Uint8Array(64)) }, operator.publicKey],
    [{ ...signed, signature: 'x' }, operator.publicKey],
  ] as const)
    expect(() => verifyNodeSet(doc, operatorKey)).toThrow(MalformedError);
});

test.each([
  ['n is not 2t-1', payloadOf({ threshold: 3 })],
  ['one node', payloadOf({ threshold: 1, nodes: [node(1)] })],
  ['a repeated realm id', payloadOf({ nodes: [node(1), node(1), node(3)] })],
  ['an unknown member', payloadOf({ extra: 1 })],
  ['a missing member', utf8('{}')],
  ['no object', utf8('[]')],
  ['no JSON', utf8('{')],
  ['no UTF-8', Uint8Array.of(0xff)],
  [
    'a limit of no attempts',
    payloadOf({ limits: { ...document.limits, words: { attempts: 0, windowMs: 1e6 } } }),
  ],
  ['a realm id in capitals', withNode({ realmId: 'A'.repeat(32) })],
  ['a short key', withNode({ logKey: 'AAAA' })],
  ['an unprotected address', withNode({ address: 'http://nodes.example/1/' })],
  ['an address without its slash', withNode({ address: '/nodes/1' })],
  ['an address of another host', withNode({ address: '//evil.example/' })],
  ['an address with a query', withNode({ address: 'https://nodes.example/?a/' })],
  ['an address with credentials', withNode({ address: 'https://a@nodes.example/' })],
  ['a script for an address', withNode({ address: 'javascript:alert(1)/' })],
])('%s is refused, signed or not', (_, payload) => {
  expect(() => parseNodeSet(payload)).toThrow(MalformedError);
  expect(() => signNodeSet(payload, operator.seed)).toThrow(MalformedError);
});

test.each([
  'https://n1.example/',
  'https://n1.example:8443/a/b/',
  'http://localhost:9/',
  'http://127.0.0.1/n/',
  '/',
])('the address %s is accepted', (address) => {
  expect(parseNodeSet(withNode({ address })).nodes[0]?.address).toBe(address);
});

test('a relative address belongs to the origin that serves the client', () => {
  expect(resolveNodeAddress('/nodes/1/', 'https://hexkey.example')).toBe('https://hexkey.example/nodes/1/');
  expect(resolveNodeAddress('https://n1.example/', 'https://hexkey.example')).toBe('https://n1.example/');
});
