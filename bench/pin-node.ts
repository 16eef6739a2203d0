import { startLoadedNode } from './pin-node-load.ts';
import { type Result, recordResults } from './record-results.ts';

/**
 * Full recovers (Recover1, Recover2, Recover3) per second of server CPU time: our node as it ships against the same node
 * with its group operations in TypeScript. Each node is a process of its own; the client's work is not counted. The two
 * take turns, so that whatever else the machine does meets both.
 */
const turns = 4;
const recoversEach = { sodium: 25, noble: 5 } as const;
const goalRatio = 5;

async function compare(store: 'sqlite' | 'memory'): Promise<Result> {
  const sodium = await startLoadedNode('sodium', store);
  const noble = await startLoadedNode('noble', store);
  await sodium.recover(recoversEach.sodium);
  await noble.recover(recoversEach.noble);
  let sodiumSeconds = 0;
  let nobleSeconds = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    sodiumSeconds += (await sodium.recover(recoversEach.sodium)) / turns;
    nobleSeconds += (await noble.recover(recoversEach.noble)) / turns;
  }
  await Promise.all([sodium.stop(), noble.stop()]);
  const ratio = nobleSeconds / sodiumSeconds;
  return {
    metric: `full recover, ${store} store: node with libsodium against the same node with noble only`,
    ours: Math.round(1 / sodiumSeconds),
    peer: Math.round(1 / nobleSeconds),
    ratio: Math.round(ratio * 100) / 100,
    unit: 'recovers per server CPU-second',
    goal: `>= ${goalRatio}x`,
    met: ratio >= goalRatio,
  };
}

recordResults('pin-node', [await compare('sqlite'), await compare('memory')]);
