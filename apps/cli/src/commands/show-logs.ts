import type { LogEntry } from '@hexkey/contract';
import type { PinHistory } from '@hexkey/sdk';
import type { Context, Report } from '../command.ts';
import { sayNode, sayWarning } from './say-history.ts';
import { sayTime } from './say-time.ts';

/**
 * One page of the account's log, newest first (before the PIN was shown, of this login's own part), and what the PIN nodes wrote down, as
 * this device verified it after its last right PIN.
 */
export async function showLogs({ hexkey, options }: Context): Promise<Report> {
  const { entries, more } = await hexkey.logs(options.before);
  const history = await hexkey.pinHistory();
  const last = entries.at(-1);
  return {
    value: { entries, more, pinNodes: history },
    lines: [
      ...history.warnings.map(sayWarning),
      'The account server says:',
      ...entries.map(sayEntry),
      ...(entries.length === 0 ? ['  nothing yet'] : []),
      ...(more && last !== undefined ? [`  more: hexkey pin logs --before ${last.id}`] : []),
      ...sayNodes(history),
    ],
  };
}

function sayNodes({ readAtMs, nodes, events }: PinHistory): readonly string[] {
  if (readAtMs === null)
    return ['The PIN nodes were not read on this device yet: `hexkey pin verify` reads them.'];
  return [
    `The PIN nodes say, read and verified ${sayTime(readAtMs)}:`,
    ...nodes.map(sayNode),
    ...events.map(({ atMs, kind, operation, isThisDevice, isForeign, deviceName, nodes: tellers }) => {
      const known = isThisDevice ? 'this device' : (deviceName ?? 'a device of yours');
      const who = isForeign ? 'A DEVICE THAT NEVER SHOWED THE PIN' : known;
      return `  ${sayTime(atMs)}  ${kind.padEnd(8)}  ${operation.padEnd(10)}  ${who}, ${tellers.length} nodes`;
    }),
  ];
}

const sayEntry = ({ atMs, operation, outcome, device, place }: LogEntry): string =>
  `  ${[sayTime(atMs), outcome.padEnd(9), operation.padEnd(18), device, place ?? ''].join('  ').trimEnd()}`;
