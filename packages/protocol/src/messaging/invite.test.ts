import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MalformedError } from '../pin/malformed.ts';
import { inviteLink, inviteTokenHash, readInviteLink } from './invite.ts';

const origin = 'https://hexkey.example';

test('a link says the token and the name of the group, both behind its fragment', () => {
  const tokens = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(tokens, fc.string({ unit: 'grapheme' }), (token, groupName) => {
      const link = inviteLink(origin, { token, groupName });
      expect(link.startsWith(`${origin}/g#`)).toBe(true);
      expect(readInviteLink(link)).toEqual({ token: Uint8Array.from(token), groupName });
    }),
  );
});

test.each([
  '',
  'https://hexkey.example/g',
  `${origin}/g#`,
  `${origin}/g#AAAA.QQ`,
  `${origin}/i#${'A'.repeat(22)}.QQ`,
])('%s is no invite link', (link) => expect(() => readInviteLink(link)).toThrow(MalformedError));

test('the server knows a token by its SHA-256', () => {
  // FIPS 180-4 of sixteen zero bytes.
  expect(inviteTokenHash(new Uint8Array(16)).slice(0, 4)).toEqual(Uint8Array.of(0x37, 0x47, 0x08, 0xff));
});
