import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countriesIn, e164Of, edited, guessCountry, readable } from './phone-number.ts';

test('a national number takes the chosen country', () => {
  expect(e164Of({ country: 'DE', text: '01512 3456789' })).toBe('+4915123456789');
  expect(e164Of({ country: 'CN', text: '131 2345 6789' })).toBe('+8613123456789');
});

test('a number with its plus sign chooses its own country', () => {
  const entry = edited({ country: 'US', text: '' }, '+4915123456789');
  expect(entry.country).toBe('DE');
  expect(e164Of(entry)).toBe('+4915123456789');
});

test('numbers that no country has are refused', () => {
  expect(e164Of({ country: 'DE', text: '12' })).toBeNull();
  expect(e164Of({ country: 'US', text: '+999 123' })).toBeNull();
  expect(e164Of({ country: 'US', text: '' })).toBeNull();
});

test('deleting the last character always shortens the text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?[0-9]{1,14}$/), (digits) => {
      const typed = edited({ country: 'US', text: '' }, digits);
      const shorter = edited(typed, typed.text.slice(0, -1));
      expect(shorter.text.length).toBeLessThan(typed.text.length);
    }),
  );
});

test('the country comes from the browser’s languages, regions first and likely ones otherwise', () => {
  expect(guessCountry(['de-AT', 'en-US'])).toBe('AT');
  expect(guessCountry(['zh'])).toBe('CN');
  expect(guessCountry(['en-US@posix', 'de-AT'])).toBe('AT');
  expect(guessCountry([])).toBe('US');
});

test('countries are named in the reader’s language and carry their dial codes', () => {
  expect(countriesIn('en').find(({ code }) => code === 'DE')).toEqual({
    code: 'DE',
    name: 'Germany',
    dialCode: '+49',
  });
  expect(countriesIn('zh-CN').find(({ code }) => code === 'DE')?.name).toBe('德国');
  expect(readable('+4915123456789')).toBe('+49 1512 3456789');
});
