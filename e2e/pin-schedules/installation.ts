import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newServerKeys, publicTokenKey } from '@hexkey/api';
import { keyPairOfSeed, type NodeSet, Secret, signNodeSet, toBase64url, toHex, utf8 } from '@hexkey/protocol';
import { freePort, type StartedProgram, seededRandom } from '@hexkey/testing';
import type { ProcessFiles } from './bundle-processes.ts';
import type { Order, Outcome } from './client-process.ts';
import type { NodePlan } from './fault-plan.ts';
import type { InstallationFile } from './installation-file.ts';
import type { LoggedEvent, NodeOrder } from './node-process.ts';
import type { Held } from './schedule.ts';

/** n nodes, an account server and one device of the owner, each a process that may die at any moment. */
export interface Installation {
  readonly file: InstallationFile;
  readonly threshold: number;
  readonly now: () => number;
  offset(): number;
  /** Moves every clock: 11 minutes are enough for a node to forget who has shown it the PIN. */
  advance(milliseconds: number): Promise<void>;
  plan(node: number, plan: NodePlan | null): Promise<void>;
  /** What each node's database says of the account that it was asked about last: all of them answer here. */
  logs(): Promise<readonly (readonly LoggedEvent[])[]>;
  held(): Promise<readonly Held<string>[]>;
  /** @returns null when the process was killed on the way */
  device(order: Omit<Order, 'offset'>): Promise<Outcome | null>;
  killApi(): Promise<void>;
  /** Starts again what was killed. */
  revive(): Promise<void>;
  /** Processes that died so far. */
  readonly deaths: { nodes: number; devices: number; servers: number };
  stop(): Promise<void>;
}

const memoryFolder = '/dev/shm';
const day = 24 * 3_600_000;
export const limits = {
  provenDevice: { attempts: 5, windowMs: day },
  words: { attempts: 10, windowMs: 7 * day },
  newDevice: { attempts: 10, windowMs: 7 * day },
};

export async function startInstallation(
  seed: string,
  threshold: number,
  programs: ProcessFiles,
): Promise<Installation> {
  // A killed process leaves what it wrote in the kernel's hands, synced or not: memory will do for the files, and is quick.
  const folder = mkdtempSync(join(existsSync(memoryFolder) ? memoryFolder : tmpdir(), 'hexkey-schedules-'));
  const installation = await makeFile(seed, threshold, folder);
  const path = join(folder, 'installation.json');
  writeFileSync(path, JSON.stringify(installation), { mode: 0o600 });
  const deaths = { nodes: 0, devices: 0, servers: 0 };
  let offset = 0;

  const start = async ({ file, execArgv }: StartedProgram, ...args: readonly string[]) => {
    const child = fork(file, [path, ...args, String(offset)], {
      // A test's own loaders are not the program's, and cost each start more than it does.
      execArgv: [...execArgv],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await answerOf(child);
    return child;
  };
  const startNode = (_: unknown, place: number) => start(programs.node, String(place));
  const nodes = await Promise.all(installation.nodes.map(startNode));
  let api = await start(programs.api);
  let device = await start(programs.client);

  async function ask<T>(child: ChildProcess, order: object): Promise<T | null> {
    if (hasEnded(child) || !child.connected) return null;
    const answer = answerOf<T>(child).catch(() => null);
    child.send(order);
    return answer;
  }

  const told = <T>(order: NodeOrder) =>
    Promise.all(
      nodes.map(async (child) => {
        const answer = await ask<T>(child, order);
        if (answer === null) throw new Error('a node that should run does not');
        return answer;
      }),
    );

  return {
    file: installation,
    threshold,
    deaths,
    now: () => Date.now() + offset,
    offset: () => offset,
    async advance(milliseconds) {
      offset += milliseconds;
      await Promise.all([...nodes, api].map((child) => ask(child, { offset })));
    },
    async plan(place, plan) {
      await ask(nodes[place] as ChildProcess, { plan } satisfies NodeOrder);
    },
    logs: () => told<LoggedEvent[]>({ tell: 'log' }),
    held: () => told<Held<string>>({ tell: 'held' }),
    async device(order) {
      const outcome = await ask<Outcome>(device, { ...order, offset });
      if (outcome !== null) return outcome;
      await ended(device);
      expectKilled(device);
      deaths.devices += 1;
      device = await start(programs.client);
      return null;
    },
    killApi: () => killed(api),
    async revive() {
      // What is planned could still kill, and who has just died may not be known to have: after this each node has done either.
      await Promise.all(
        nodes.map(async (child) => {
          const answer = await ask(child, { plan: null } satisfies NodeOrder);
          if (answer === null) await ended(child);
        }),
      );
      for (const [place, child] of nodes.entries())
        if (hasEnded(child)) {
          expectKilled(child);
          deaths.nodes += 1;
          nodes[place] = await startNode(null, place);
        }
      if (!hasEnded(api)) return;
      expectKilled(api);
      deaths.servers += 1;
      api = await start(programs.api);
    },
    async stop() {
      for (const child of [...nodes, api, device]) if (child.connected) child.disconnect();
      await Promise.all([...nodes, api, device].map(ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeFile(seed: string, threshold: number, folder: string): Promise<InstallationFile> {
  const random = seededRandom(seed);
  const operatorSeed = new Secret(random(32));
  const nodes = await Promise.all(
    Array.from({ length: 2 * threshold - 1 }, async (_, place) => {
      const dataDirectory = join(folder, `node-${place}`);
      mkdirSync(dataDirectory, { mode: 0o700 });
      return {
        realmId: toHex(random(16)),
        logSeed: toHex(random(32)),
        port: await freePort(),
        dataDirectory,
      };
    }),
  );
  const nodeSet: NodeSet = {
    id: 'schedules',
    epoch: 1,
    threshold,
    limits,
    tenant: 'hexkey',
    nodes: nodes.map(({ realmId, logSeed, port }, place) => ({
      realmId,
      address: `http://127.0.0.1:${port}/`,
      operator: `Operator ${place}`,
      name: `Node ${place}`,
      region: 'Test',
      logKey: toBase64url(keyPairOfSeed(new Secret(Uint8Array.from(Buffer.from(logSeed, 'hex')))).publicKey),
      hpkeKey: toBase64url(random(32)),
    })),
  };
  return {
    seed,
    apiPort: await freePort(),
    operatorKey: toHex(keyPairOfSeed(operatorSeed).publicKey),
    signedNodeSet: signNodeSet(utf8(JSON.stringify(nodeSet)), operatorSeed),
    tokenKey: publicTokenKey(newServerKeys(seededRandom(seed))),
    nodes,
    apiDirectory: join(folder, 'api'),
  };
}

/** The next message. @throws when the process ends instead */
async function answerOf<T>(child: ChildProcess): Promise<T> {
  const over = new AbortController();
  const end = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error('the process ended');
  });
  end.catch(() => undefined); // the race hears it; after an abort nobody has to
  try {
    const [message] = await Promise.race([once(child, 'message', { signal: over.signal }), end]);
    return message as T;
  } finally {
    over.abort();
  }
}

async function killed(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) child.kill('SIGKILL');
  await ended(child);
}

async function ended(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) await once(child, 'exit');
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** Whatever else ends a process is a bug, not a fault of the schedule. */
function expectKilled({ exitCode, signalCode }: ChildProcess): void {
  if (signalCode !== 'SIGKILL') throw new Error(`a process ended by itself: ${exitCode ?? signalCode}`);
}
