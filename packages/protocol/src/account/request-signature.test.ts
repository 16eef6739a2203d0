import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOf, utf8 } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import { fromBase64url } from '../encoding/text.ts';
import { byteSequence, contentDigest, parseByteSequence } from './content-digest.ts';
import { keyPairOfSeed, signEd25519 } from './ed25519.ts';
import {
  parseSignatureHeaders,
  requestSignatureBase,
  requestSignatureHeaders,
  signatureBase,
} from './request-signature.ts';

const parameters = {
  createdS: 1_790_000_000,
  nonce: 'AAECAwQFBgcICQoLDA0ODw',
  sessionId: '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e',
};
const request = {
  method: 'POST',
  path: '/api/v1/session/unlock',
  query: '',
  body: utf8('{}'),
  pinAuth: 'v1;a;1;b',
};
const signature = new Uint8Array(64).fill(3);

test('RFC 9421 appendix B.2.6: the base and its Ed25519 signature', () => {
  const base = signatureBase(
    [
      ['date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
      ['@method', 'POST'],
      ['@path', '/foo'],
      ['@authority', 'example.com'],
      ['content-type', 'application/json'],
      ['content-length', '18'],
    ],
    '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
  );
  // The seed inside the PKCS #8 key of appendix B.1.4.
  const seed = fromBase64url('n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU');
  expect(byteSequence(signEd25519(keyPairOfSeed(new Secret(seed)), base))).toBe(
    ':wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:',
  );
});

test('RFC 9530 appendix B: the digest of a body and of none', () => {
  expect(contentDigest(utf8('{"hello": "world"}\n'))).toBe(
    'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
  );
  expect(contentDigest(utf8(''))).toBe('sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:');
});

test('the base holds one line for each fixed component, then the parameters', () => {
  expect(textOf(requestSignatureBase(request, parameters)).split('\n')).toEqual([
    '"@method": POST',
    '"@path": /api/v1/session/unlock',
    '"@query": ?',
    `"content-digest": ${contentDigest(request.body)}`,
    '"hexkey-pin-auth": v1;a;1;b',
    '"@signature-params": ("@method" "@path" "@query" "content-digest" "hexkey-pin-auth");created=1790000000;nonce="AAECAwQFBgcICQoLDA0ODw";alg="ed25519";keyid="0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e"',
  ]);
});

test('what was written is read back, with and without PIN-auth', () => {
  for (const pinAuth of [null, 'v1;a;1;b']) {
    const headers = requestSignatureHeaders({ ...request, pinAuth }, parameters, signature);
    const parsed = parseSignatureHeaders(headers['signature-input'], headers.signature, pinAuth !== null);
    expect(parsed).toEqual({ parameters, signature });
    expect(parseSignatureHeaders(headers['signature-input'], headers.signature, pinAuth === null)).toBeNull();
  }
});

test('any other spelling of the headers is refused', () => {
  const headers = requestSignatureHeaders({ ...request, pinAuth: null }, parameters, signature);
  const input = headers['signature-input'];
  for (const changed of [
    input.replace('hexkey=', 'sig=hexkey='),
    input.replace('hexkey=', 'hexkey= '),
    input.replace('"@query" ', ''),
    input.replace('"@path" "@query"', '"@query" "@path"'),
    input.replace('ed25519', 'hmac-sha256'),
    input.replace('created=', 'expires=1;created='),
    `${input}, other=()`,
    '',
  ])
    expect(parseSignatureHeaders(changed, headers.signature, false)).toBeNull();
  for (const changed of [
    headers.signature.slice(0, -2),
    headers.signature.replace('==:', ':'),
    headers.signature.replace('hexkey', 'other'),
    `hexkey=${byteSequence(signature.subarray(1))}`,
  ])
    expect(parseSignatureHeaders(input, changed, false)).toBeNull();
});

test('byte sequences have one spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(byteSequence(bytes)).toBe(`:${Buffer.from(bytes).toString('base64')}:`);
      expect(parseByteSequence(byteSequence(bytes))).toEqual(Uint8Array.from(bytes));
    }),
  );
  for (const text of [':AA:', ':AAB=:', ':A:', 'AA==', ':AA==', ':A-==:', ':=:'])
    expect(parseByteSequence(text)).toBeNull();
});
