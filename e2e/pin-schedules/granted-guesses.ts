import type { NodeSet } from '@hexkey/protocol';
import { BrokenRule } from './broken-rule.ts';
import type { LoggedEvent } from './node-process.ts';

/**
 * Counts the guesses one node gave for one account from its own log, in each bucket and any window of it: a second reading of
 * pin-network specification section 3, which shares no code with the node. A right PIN takes back the guesses of its own device.
 *
 * @param events oldest first
 * @returns all that were given
 * @throws {BrokenRule} a window with one more than its limit
 */
export function grantedGuesses(events: readonly LoggedEvent[], limits: NodeSet['limits']): number {
  let counted: LoggedEvent[] = [];
  let granted = 0;
  for (const event of events) {
    if (event.outcome === 'right' || event.operation === 'vouched')
      counted = counted.filter(({ device }) => device !== event.device);
    const { bucket } = event;
    if (event.operation !== 'guess' || event.outcome !== 'done' || bucket === null) continue;
    granted += 1;
    counted.push(event);
    const { attempts, windowMs } = limits[bucket];
    const together = counted.filter(
      (other) =>
        other.bucket === bucket &&
        other.timeMs > event.timeMs - windowMs &&
        (bucket !== 'provenDevice' || other.device === event.device),
    );
    if (together.length > attempts)
      throw new BrokenRule(`a node's log has ${together.length} guesses where ${attempts} are allowed`);
  }
  return granted;
}
