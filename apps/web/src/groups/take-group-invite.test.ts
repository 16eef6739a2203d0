import { expect, test } from 'vitest';
import { isGroupLink } from './take-group-invite.ts';

test.each(['https://hexkey.example/g#Q2hlc3M.dG9rZW4', 'http://localhost:8080/g#x'])(
  '%j is the link of a group',
  (text) => expect(isGroupLink(text)).toBe(true),
);

test.each(['https://hexkey.example/g', 'https://hexkey.example/i/314159265', '/g#x', 'Grace', ''])(
  '%j is none',
  (text) => expect(isGroupLink(text)).toBe(false),
);
