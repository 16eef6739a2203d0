import { expect, test } from 'vitest';
import { excerptAround } from './excerpt-around.ts';

test('what is found far into a text is shown with a little before it', () => {
  const text = `${'word '.repeat(20)}Needle in the hay`;
  expect(excerptAround(text, 'needle')).toMatch(/^….{24}Needle in the hay$/);
  expect(excerptAround('Needle in the hay', 'needle hay')).toBe('Needle in the hay');
  expect(excerptAround(text, 'nowhere')).toBe(text);
});
