import { readFileSync } from 'node:fs';
import { Secret } from '@hexkey/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLegacyPin } from './check-legacy-pin.ts';
import { type LegacyHash, readLegacyHash } from './read-legacy-hash.ts';

interface Fixture {
  readonly made: string;
  readonly secret: string;
  readonly wrong: string;
  readonly hash: string;
}
const fixtures: readonly Fixture[] = JSON.parse(
  readFileSync(new URL('./fixtures/legacy-hashes.json', import.meta.url), 'utf8'),
);
const read = (text: string): LegacyHash => {
  const hash = readLegacyHash(text);
  if (typeof hash === 'string') throw new Error(hash);
  return hash;
};

describe.each(fixtures)('a hash that another implementation made: $made', ({ secret, wrong, hash }) => {
  test('fits its secret and no other', async () => {
    expect(await checkLegacyPin(read(hash), new Secret(secret))).toBe(true);
    expect(await checkLegacyPin(read(hash), new Secret(wrong))).toBe(false);
    expect(await checkLegacyPin(read(hash), new Secret(`${wrong}${secret}`))).toBe(false);
  });

  test('cut short anywhere it is none', () => {
    for (let length = 0; length < hash.length; length += 1)
      if (typeof readLegacyHash(hash.slice(0, length)) !== 'string') {
        // argon2id has no fixed length; what is left must still be at least 16 bytes of hash.
        expect(hash).toContain('$argon2id$');
        expect(hash.slice(0, length).split('$').at(-1)?.length).toBeGreaterThanOrEqual(22);
      }
  });
});

test('bcrypt reads 72 bytes and no more, as where the hash was made', async () => {
  const long = fixtures.find(({ made }) => made.includes('72')) as Fixture;
  expect(await checkLegacyPin(read(long.hash), new Secret(long.secret.slice(0, 72)))).toBe(true);
  expect(await checkLegacyPin(read(long.hash), new Secret(long.secret.slice(0, 71)))).toBe(false);
});

const salt = 'c2l4dGVlbiBieXRlcyBvaw';
const digest = '9AOcb43oSjmlXZBZ0pgKTzbkdk8LjtuVPOYxmqlE1qo';
const bcryptBody = 'abcdefghijklmnopqrstuurMEKCe/QlLAYkzWVxLNlKfy6wDQzaIC';
const derived = 'cBRzo2/RJzfPKzus/STgL1b3gqVtTgoj9ensZ3GEQds=';

test.each([
  `$2b$15$${bcryptBody}`,
  `$2b$31$${bcryptBody}`,
  `$argon2id$v=19$m=262145,t=1,p=1$${salt}$${digest}`,
  `$argon2id$v=19$m=4294967295,t=1,p=1$${salt}$${digest}`,
  `$argon2id$v=19$m=64,t=11,p=1$${salt}$${digest}`,
  `$argon2id$v=19$m=262144,t=5,p=1$${salt}$${digest}`,
  `$argon2id$v=19$m=4096,t=1,p=17$${salt}$${digest}`,
  `pbkdf2_sha256$2000001$salt$${derived}`,
  `pbkdf2_sha256$9999999999$salt$${derived}`,
])('what would cost too much to check is refused: %s', (text) => {
  expect(readLegacyHash(text)).toBe('hash-cost');
});

test.each([
  '',
  '271828',
  `$2x$10$${bcryptBody}`,
  `$2b$03$${bcryptBody}`,
  `$2b$10$${bcryptBody}A`,
  `$2b$10$${bcryptBody.slice(1)}!`,
  `$argon2i$v=19$m=4096,t=3,p=1$${salt}$${digest}`,
  `$argon2d$v=19$m=4096,t=3,p=1$${salt}$${digest}`,
  `$argon2id$v=16$m=4096,t=3,p=1$${salt}$${digest}`,
  `$argon2id$m=4096,t=3,p=1$${salt}$${digest}`,
  `$argon2id$v=19$m=7,t=3,p=1$${salt}$${digest}`,
  `$argon2id$v=19$m=0,t=3,p=1$${salt}$${digest}`,
  `$argon2id$v=19$m=4096,t=3,p=1$${salt}$AAAA`,
  `$argon2id$v=19$m=4096,t=3,p=1$${salt}=$${digest}`,
  `$argon2id$v=19$m=4096,t=3,p=1$${salt.slice(0, -1)}x$${digest}`,
  `pbkdf2_sha1$1000$salt$${derived}`,
  `pbkdf2_sha256$0$salt$${derived}`,
  `pbkdf2_sha256$-1$salt$${derived}`,
  `pbkdf2_sha256$1e3$salt$${derived}`,
  `pbkdf2_sha256$1000$$${derived}`,
  `pbkdf2_sha256$1000$salt$${derived.slice(4)}`,
  '$pbkdf2-sha256$1000$c2FsdA$AAAA',
  `${' '}$2b$10$${bcryptBody}`,
  `$2b$10$${bcryptBody}\n`,
])('what is no hash of a kind we check is refused: %j', (text) => {
  expect(readLegacyHash(text)).toBe('hash-format');
});

test('no text makes the reader throw', () => {
  const start = fc.constantFrom('$2b$10$', '$argon2id$v=19$', 'pbkdf2_sha256$', '$pbkdf2-sha256$', '');
  fc.assert(
    fc.property(start, fc.string({ unit: 'grapheme', maxLength: 600 }), (head, tail) => {
      expect(['string', 'object']).toContain(typeof readLegacyHash(head + tail));
    }),
  );
});
