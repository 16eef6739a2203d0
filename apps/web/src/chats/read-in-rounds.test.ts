import { expect, test } from 'vitest';
import { readInRounds } from './read-in-rounds.ts';

/** Rounds that end when they are told to. */
function rounds() {
  const begun: string[][] = [];
  let end: () => void = () => undefined;
  const tell = readInRounds<string>((news) => {
    begun.push([...news]);
    return new Promise((resolve) => {
      end = resolve;
    });
  });
  return { begun, tell, end: () => end() };
}

const turns = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

test('what is told while a round runs is read in the next one, once, and nothing of it is lost', async () => {
  const { begun, tell, end } = rounds();
  tell('a');
  for (const one of ['b', 'a', 'b', 'b']) tell(one);
  await turns();
  expect(begun).toEqual([['a']]);
  end();
  await turns();
  expect(begun).toEqual([['a'], ['b', 'a']]);
  end();
  await turns();
  expect(begun).toHaveLength(2);
});

test('after a round that was the last one the next news begins another', async () => {
  const { begun, tell, end } = rounds();
  tell('a');
  end();
  await turns();
  tell('b');
  expect(begun).toEqual([['a'], ['b']]);
});
