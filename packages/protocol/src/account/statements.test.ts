import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { concatBytes, lengthPrefixed, uint64, utf8 } from '../encoding/bytes.ts';
import { toHex } from '../encoding/text.ts';
import { formatPinAuthHeader, parsePinAuthHeader, pinAuthStatement } from './pin-auth.ts';
import { attachStatement, loginStatement } from './statements.ts';

const filled = (value: number, length = 32) => new Uint8Array(length).fill(value);
const lp = (text: string) => lengthPrefixed(utf8(text));
const accountId = '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';

test('login statements are laid out as the page says', () => {
  const login = loginStatement({
    purpose: 'register',
    challenge: filled(1),
    loginKey: filled(2),
    deviceKey: filled(3),
  });
  expect(toHex(login)).toBe(
    `0000000e${Buffer.from('hexkey/1 login').toString('hex')}00000008${Buffer.from('register').toString('hex')}00000020${'01'.repeat(32)}00000020${'02'.repeat(32)}00000020${'03'.repeat(32)}`,
  );
  expect(attachStatement({ accountId, loginKey: filled(2), deviceKey: filled(3) })).toEqual(
    concatBytes(
      lp('hexkey/1 login'),
      lp('attach'),
      lp(accountId),
      lengthPrefixed(filled(2)),
      lengthPrefixed(filled(3)),
    ),
  );
});

test('a PIN-auth statement binds operation, account, device, request, nonce and expiry', () => {
  const body = utf8('{"a":1}');
  const parameters = createHash('sha256')
    .update(concatBytes(lp('POST'), lp('/api/v1/x?y=1'), lengthPrefixed(body)))
    .digest();
  expect(
    pinAuthStatement({
      operation: 'logOut',
      accountId,
      deviceKey: filled(4),
      request: { method: 'POST', target: '/api/v1/x?y=1', body },
      nonce: filled(5, 16),
      expiresAtMs: 1_790_000_000_000,
    }),
  ).toEqual(
    concatBytes(
      lp('hexkey/1 pin-auth'),
      lp('logOut'),
      lp(accountId),
      lengthPrefixed(filled(4)),
      lengthPrefixed(parameters),
      lengthPrefixed(filled(5, 16)),
      uint64(1_790_000_000_000),
    ),
  );
});

test('a PIN-auth header has one spelling', () => {
  const header = { nonce: filled(5, 16), expiresAtMs: 1_790_000_000_000, signature: filled(6, 64) };
  const text = formatPinAuthHeader(header);
  expect(parsePinAuthHeader(text)).toEqual(header);
  for (const changed of [
    text.replace('v1', 'v2'),
    text.replace(';17', ';017'),
    text.replace(';17', ';-17'),
    text.slice(0, -1),
    `${text} `,
    `${text.slice(0, -1)}${text.endsWith('g') ? 'h' : 'x'}`,
    '',
  ])
    expect(parsePinAuthHeader(changed)).toBeNull();
});
