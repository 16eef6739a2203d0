import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstSeat } from '../accounts/seats.ts';
import {
  appearances,
  defaultPreferences,
  readPreferences,
  spokenLanguage,
  writePreferences,
} from './preferences.ts';

function aStorage() {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    entries,
  };
}

test('what was chosen is read back, under one versioned key that names no account', () => {
  const storage = aStorage();
  const chosen = { appearance: 'dark', language: 'zh', notifications: true, previews: true } as const;
  writePreferences(storage, firstSeat, chosen);
  expect(readPreferences(storage, firstSeat)).toEqual(chosen);
  expect([...storage.entries.keys()]).toEqual(['hexkey/v1/preferences']);
});

test('theme and language are the browser’s; what one account wants to be told says nothing for another', () => {
  const storage = aStorage();
  const seat = '00000000-0000-4000-8000-000000000001';
  const first = { appearance: 'dark', language: 'zh', notifications: true, previews: false } as const;
  writePreferences(storage, firstSeat, first);
  expect(readPreferences(storage, seat)).toEqual({ ...first, notifications: false });
  writePreferences(storage, seat, { ...first, appearance: 'light', previews: true });
  expect(readPreferences(storage, firstSeat)).toEqual({ ...first, appearance: 'light' });
  expect(readPreferences(storage, seat)).toMatchObject({ notifications: true, previews: true });
});

test('whatever stands in storage, the preferences are usable', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (kept) => {
      const { appearance } = readPreferences({ getItem: () => kept }, firstSeat);
      expect(appearances).toContain(appearance);
    }),
  );
  expect(readPreferences({ getItem: () => null }, firstSeat)).toEqual(defaultPreferences);
});

test('a chosen language outranks the browser’s', () => {
  expect(spokenLanguage({ ...defaultPreferences, language: 'en' }, ['zh-CN'])).toBe('en');
  expect(spokenLanguage(defaultPreferences, ['zh-CN'])).toBe('zh');
});
