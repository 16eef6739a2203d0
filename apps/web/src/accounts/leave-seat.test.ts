import { expect, test } from 'vitest';
import { createStore } from '../app/store.ts';
import { leaveSeat } from './leave-seat.ts';

test('who logs in at a seat next is told of nothing that the account before wanted to be told', () => {
  const preferences = createStore({
    appearance: 'dark',
    language: 'zh',
    notifications: true,
    previews: true,
  } as const);
  let isCleared = false;
  const clear = () => {
    isCleared = true;
  };
  leaveSeat({ clear }, preferences as never);
  expect(preferences.get()).toEqual({
    appearance: 'dark',
    language: 'zh',
    notifications: false,
    previews: false,
  });
  expect(isCleared).toBe(true);
});
