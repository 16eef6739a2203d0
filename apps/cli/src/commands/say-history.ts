import type { NodeHistory, PinWarning } from '@hexkey/sdk';
import { sayTime } from './say-time.ts';

/** One node's history in a line. */
export const sayNode = ({ name, operator, verdict, newestAtMs }: NodeHistory): string =>
  `  ${name} (${operator}): ${verdict ?? 'not read yet'}${newestAtMs === null ? '' : `, newest entry ${sayTime(newestAtMs)}`}`;

/** What the owner should know, and do. */
export function sayWarning(warning: PinWarning): string {
  switch (warning.kind) {
    case 'foreign-attempts':
      return `WARNING: ${warning.tries} guesses between ${sayTime(warning.firstAtMs)} and ${sayTime(warning.lastAtMs)} by a device that never showed the PIN${
        warning.rightPinFollowed ? ', and then it did' : ''
      }. If that was not you: hexkey pin change --someone-knew`;
    case 'new-device':
      return `WARNING: ${warning.name ?? 'a device this one did not know'} showed the right PIN at ${sayTime(warning.atMs)}. If that was not you: hexkey devices, then hexkey pin change --someone-knew`;
    case 'node-history':
      return `WARNING: the history of ${warning.name}, run by ${warning.operator}, is not what it told before (${warning.verdict}). Its database was restored or changed; ask its operator.`;
    case 'heads-rolled-back':
      return `WARNING: the account server gave out less than your devices had left with it (${warning.problem}). It was restored, or hides attempts; ask its operator.`;
  }
}
