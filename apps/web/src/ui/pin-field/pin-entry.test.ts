import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bullet, editedDigits, emptyEntry, maskedDigits, pinLength, reducePinEntry } from './pin-entry.ts';

const digits = (maxLength = pinLength) => fc.stringMatching(new RegExp(`^[0-9]{0,${maxLength}}$`));

test('digits typed one by one are kept in order and stop at six', () => {
  fc.assert(
    fc.property(digits(9), (typed) => {
      let entry = emptyEntry;
      for (const digit of typed)
        entry = reducePinEntry(entry, { type: 'edited', text: maskedDigits(entry.digits) + digit });
      expect(entry.digits).toBe(typed.slice(0, pinLength));
    }),
  );
});

test('an edit in the middle of the bullets keeps the digits around it', () => {
  fc.assert(
    fc.property(digits(3), digits(3), fc.stringMatching(/^[0-9]$/), (before, after, digit) => {
      const text = maskedDigits(before) + digit + maskedDigits(after);
      expect(editedDigits(before + after, text)).toBe((before + digit + after).slice(0, pinLength));
    }),
  );
});

test('deleting the last bullet deletes the last digit', () => {
  fc.assert(
    fc.property(digits(), (typed) => {
      expect(editedDigits(typed, maskedDigits(typed).slice(0, -1))).toBe(typed.slice(0, -1));
    }),
  );
});

test('a paste or an automatic fill replaces everything, spaces and dashes dropped', () => {
  expect(editedDigits('12', '314 159')).toBe('314159');
  expect(editedDigits('', '３１４１５９')).toBe('314159');
  expect(editedDigits('12', 'letters')).toBe('');
});

test('whatever text arrives, the entry holds at most six characters, all digits', () => {
  fc.assert(
    fc.property(digits(), fc.string({ unit: fc.constantFrom(bullet, '7', 'x', ' ', '٣') }), (typed, text) => {
      expect(editedDigits(typed, text)).toMatch(/^[0-9]{0,6}$/);
    }),
  );
});

test('a refusal empties the entry and counts once; clearing counts nothing', () => {
  const typed = reducePinEntry(emptyEntry, { type: 'edited', text: '314159' });
  expect(reducePinEntry(typed, { type: 'refused' })).toEqual({ digits: '', refusals: 1 });
  expect(reducePinEntry(typed, { type: 'cleared' })).toEqual({ digits: '', refusals: 0 });
});
