import type { Place } from '@hexkey/sdk';
import { expect, test } from 'vitest';
import { ticketKey } from './ticket-key.ts';

const homeOf = (accountId: string) => ({ at: 'home', session: { accountId } }) as Place;

test('what a tab read of one account’s ticket is not found by the next account, nor by whoever has none', () => {
  const places = [homeOf('a'), homeOf('b'), { at: 'signed-out' } as Place];
  const keys = places.flatMap((place) => [ticketKey('own', place), ticketKey('unclaimed', place)]);
  expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(keys.length);
});
