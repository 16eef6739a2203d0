import type { Random } from '@hexkey/protocol';
import { randomBelow } from '../identifiers.ts';

/** Team Hexkey, the official account. */
export const teamHexkeyId = '7000';

/** Nine random digits, the first not zero: nobody can count accounts or guess the next one. */
export function newHexkeyId(random: Random): string {
  return String(100_000_000 + randomBelow(random, 900_000_000));
}
