import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import type { Clock, Random } from '@hexkey/protocol';
import { fileWitness } from './clock/restore-witness.ts';
import type { NodeConfig } from './config.ts';
import { sodiumGroup } from './evaluation/sodium-group.ts';
import { pinoNodeLog } from './log/node-log.ts';
import { openStore } from './records/open-store.ts';
import { type RunningNode, startNode } from './start-node.ts';

export const systemClock: Clock = { now: () => Date.now() };
export const systemRandom: Random = (lengthBytes) => new Uint8Array(randomBytes(lengthBytes));
/** Time since boot, which goes on while the machine sleeps: a laptop that wakes up has not changed its clock. */
export const systemMonotonic: Clock = { now: () => uptime() * 1000 };

/** Starts every configured node in this process and runs them until the process is told to end. */
export async function serve(configs: readonly NodeConfig[]): Promise<void> {
  const groupOperations = await sodiumGroup();
  const nodes: RunningNode[] = [];
  for (const { settings, store, logKeys, wallet, logLevel } of configs) {
    const log = pinoNodeLog(settings.name, logLevel);
    nodes.push(
      await startNode(settings, {
        clock: systemClock,
        monotonic: systemMonotonic,
        random: systemRandom,
        store: await openStore(store, log.failed),
        groupOperations,
        logKeys,
        wallet,
        witness: fileWitness(store.dataDirectory),
        log,
      }),
    );
  }
  const end = () => Promise.all(nodes.map((node) => node.stop())).then(() => process.exit(0));
  // A supervisor that dies takes its ipc channel with it: no node outlives it.
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, end);
}
