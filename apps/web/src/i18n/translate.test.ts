import { errorTable } from '@hexkey/contract';
import { expect, test } from 'vitest';
import type { MessageKey } from './catalogue.ts';
import { en } from './en.ts';
import { errorsEn } from './errors-en.ts';
import { errorsZh } from './errors-zh.ts';
import { loadTexts } from './load-texts.ts';
import { englishTexts } from './texts.ts';
import { fill, languageOf, languages, translator } from './translate.ts';
import { zh } from './zh.ts';

const holes = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g) ?? [])].sort();
const keys = Object.keys(en) as readonly MessageKey[];

test('both languages have the same keys, and each text the same parameters', () => {
  expect(Object.keys(zh).sort()).toEqual([...keys].sort());
  expect(keys.filter((key) => `${holes(en[key])}` !== `${holes(zh[key])}`)).toEqual([]);
});

test('every refusal has words in both languages, with the same parameters', () => {
  for (const name of Object.keys(errorTable) as readonly (keyof typeof errorsEn)[])
    expect(holes(errorsEn[name]), name).toEqual(holes(errorsZh[name]));
});

test('only names, numbers and punctuation read the same in Chinese', () => {
  const untranslated = keys.filter((key) => !/\p{Script=Han}/u.test(JSON.stringify(zh[key])));
  expect(untranslated.sort()).toEqual([
    'account.id',
    'app.name',
    'chats.sender-line',
    'kit.health-score',
    'kit.ring',
    'message.named',
    'pin-log.tab-pin',
    'pin.label',
    'set-pin.entry',
    'set-pin.step-count',
    'settings.pin',
    'team.name',
  ]);
});

test('a count chooses between one and other', () => {
  const t = translator(englishTexts);
  expect(t('pin.attempts-left', { count: 1 })).toBe('Wrong PIN. 1 try left.');
  expect(t('pin.attempts-left', { count: 3 })).toBe('Wrong PIN. 3 tries left.');
});

test('a parameter that is missing stays visible', () => {
  expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
});

test.each([
  [['zh-TW', 'en'], 'zh'],
  [['fr-FR', 'zh'], 'zh'],
  [['fr'], 'en'],
  [[], 'en'],
] as const)('browser languages %j are spoken to in %s', (wanted, language) =>
  expect(languageOf(wanted)).toBe(language),
);

test.each(languages)('the texts of %s are those of that language', async (language) => {
  const texts = await loadTexts(language);
  expect(texts.language).toBe(language);
  expect(Object.keys(texts.catalogue)).toHaveLength(keys.length);
});
