import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textParts } from './text-parts.ts';

const linksOf = (text: string) => textParts(text).flatMap((part) => (part.is === 'link' ? [part.text] : []));

test('the parts of any text are the text, whole and in order', () => {
  const anything = fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('https://', ' ', '(', ').')));
  fc.assert(
    fc.property(anything, (pieces) => {
      const text = pieces.join('');
      expect(
        textParts(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test.each([
  ['see https://hexkey.example/a?b=c#d.', 'https://hexkey.example/a?b=c#d'],
  ['(https://hexkey.example/x)', 'https://hexkey.example/x'],
  ['https://en.example/wiki/Key_(lock)', 'https://en.example/wiki/Key_(lock)'],
  ['看这里https://hexkey.example/x。好', 'https://hexkey.example/x'],
])('%j holds one address', (text, link) => expect(linksOf(text)).toEqual([link]));

test.each(['javascript:alert(1)', 'http://plain.example', 'ftp://a.example', 'https://', 'data:text/html,x'])(
  '%j is no link',
  (text) => expect(linksOf(text)).toEqual([]),
);

test('an address that shows one host and opens another is no link', () => {
  expect(linksOf('https://hexkey.example@evil.example/login')).toEqual([]);
  expect(linksOf('https://bank.example:443@evil.example/')).toEqual([]);
});

test('what is opened is what is shown, with the host in its own letters', () => {
  expect(textParts('https://hexkey.example')).toEqual([
    { is: 'link', text: 'https://hexkey.example', href: 'https://hexkey.example/' },
  ]);
  fc.assert(
    fc.property(fc.webUrl(), (url) => {
      for (const part of textParts(url))
        if (part.is === 'link') expect(new URL(part.text).host).toBe(new URL(part.href).host);
    }),
  );
});
