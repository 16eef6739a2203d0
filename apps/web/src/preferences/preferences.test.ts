import fc from 'fast-check';
import { expect, test } from 'vitest';
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
  writePreferences(storage, { appearance: 'dark', language: 'zh' });
  expect(readPreferences(storage)).toEqual({ appearance: 'dark', language: 'zh' });
  expect([...storage.entries.keys()]).toEqual(['hexkey/v1/preferences']);
});

test('whatever stands in storage, the preferences are usable', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (kept) => {
      const { appearance } = readPreferences({ getItem: () => kept });
      expect(appearances).toContain(appearance);
    }),
  );
  expect(readPreferences({ getItem: () => null })).toEqual(defaultPreferences);
});

test('a chosen language outranks the browser’s', () => {
  expect(spokenLanguage({ appearance: 'system', language: 'en' }, ['zh-CN'])).toBe('en');
  expect(spokenLanguage(defaultPreferences, ['zh-CN'])).toBe('zh');
});
