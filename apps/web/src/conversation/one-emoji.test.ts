import { expect, test } from 'vitest';
import { oneEmoji } from './one-emoji.ts';

test.each(['👍', ' ❤️ ', '👩🏽‍🚀', '🇨🇭', '1️⃣', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'])('%j is one emoji', (typed) => {
  expect(oneEmoji(typed)).toBe(typed.trim());
});

test.each(['', 'a', '7', '👍👍', '👍 yes', '好', '<b>'])('%j is no reaction', (typed) => {
  expect(oneEmoji(typed)).toBe(null);
});
