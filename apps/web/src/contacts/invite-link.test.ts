import { expect, test } from 'vitest';
import { hexkeyIdIn, invitedBy, inviteLink } from './invite-link.ts';

test('an invite leads back to whoever made it', () => {
  const link = inviteLink('https://chat.example', '314159265');
  expect(hexkeyIdIn(link)).toBe('314159265');
  expect(invitedBy(new URL(link).pathname)).toBe('314159265');
});

test.each([' 314 159 265 ', '314159265\n', 'https://another.example:8443/i/314159265/'])(
  'a Hexkey ID is found in %j',
  (text) => expect(hexkeyIdIn(text)).toBe('314159265'),
);

test.each([
  '',
  '012345678',
  '999',
  'https://chat.example/i/',
  'https://chat.example/chats',
  '/i/314159265x',
  'javascript:1',
])('nothing is made of %j', (text) => {
  expect(hexkeyIdIn(text)).toBe(null);
  expect(invitedBy(text)).toBe(null);
});
