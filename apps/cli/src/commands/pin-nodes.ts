import { DomainError } from '@hexkey/contract';
import type { NextNodes, PinNodes } from '@hexkey/sdk';
import type { Context, Report } from '../command.ts';
import { askPin, newPinOptions, withProgress } from './ask-pin.ts';

/** Who guards the PIN, how each node answers now, and which ones the operator offers instead. */
export async function showNodes({ hexkey }: Context): Promise<Report> {
  const nodes = await hexkey.pinNodes();
  return { value: nodes, lines: [...sayNow(nodes), ...(nodes.next === null ? [] : sayNext(nodes.next))] };
}

/** Shows the new nodes, then moves the PIN to them: typing it is the consent. */
export async function movePin({ hexkey, terminal, options }: Context): Promise<Report> {
  const { next } = await hexkey.pinNodes();
  if (next === null) throw new DomainError('NoNodeSetChange', {});
  for (const line of sayNext(next)) terminal.note(line);
  const pin = await askPin(terminal, 'PIN, to move it to these nodes:');
  await withProgress(terminal, (onProgress) => hexkey.movePin(pin, onProgress, newPinOptions(options)));
  return {
    value: { moved: true, epoch: next.epoch },
    lines: ['The new nodes guard the PIN now. The PIN, the words and the account are the same.'],
  };
}

const sayNow = ({ setId, epoch, threshold, nodes, dominantOperator }: PinNodes): readonly string[] => [
  `${threshold} of these ${nodes.length} nodes open the PIN together (${setId}, set ${epoch}):`,
  ...nodes.map((node) => `  ${node.state.padEnd(14)}  ${sayWho(node)}`),
  ...sayDominant(dominantOperator),
];

const sayNext = ({ epoch, threshold, nodes, dominantOperator }: NextNodes): readonly string[] => [
  `The operator offers other nodes, approved by the present ones; ${threshold} of ${nodes.length} would open the PIN (set ${epoch}):`,
  ...nodes.map((node) => `  ${sayWho(node)}`),
  ...sayDominant(dominantOperator),
  'Until you move, nothing changes: `hexkey pin move`.',
];

const sayWho = (node: { name: string; operator: string; region: string; fingerprint: string }): string =>
  `${node.name}, run by ${node.operator}, ${node.region}  ${node.fingerprint}`;

const sayDominant = (operator: string | null): readonly string[] =>
  operator === null ? [] : [`${operator} runs so many of them that it could search the PIN alone.`];
