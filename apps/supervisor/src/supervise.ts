import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, type Random, Secret, toBase64url } from '@hexkey/protocol';
import type { Config } from './config.ts';
import { lockDataFolder } from './data-folder/lock-data-folder.ts';
import { openDataFolder } from './data-folder/open-data-folder.ts';
import { type Installation, prepareInstallation } from './installation/prepare-installation.ts';
import { runInit } from './installation/run-init.ts';
import { checkPort, freePorts } from './parts/free-ports.ts';
import { memoryOfTree } from './parts/memory.ts';
import type { Part } from './parts/part.ts';
import { type DevnetFacts, devnetFolder, hasOutbox, type Plan, planParts } from './parts/plan-parts.ts';
import { programOf } from './parts/programs.ts';
import { type RunningPart, runPart } from './parts/run-part.ts';
import { waitUntilHealthy } from './parts/wait-until-healthy.ts';
import { StartError } from './start-error.ts';
import { banners } from './terminal/banner.ts';
import type { Terminal } from './terminal/terminal.ts';
import { untilAborted } from './until-aborted.ts';
import { buildWeb } from './web-build/build-web.ts';

export interface Deps {
  readonly clock: Clock;
  readonly random: Random;
  readonly terminal: Terminal;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

const healthTimeoutMs = 120_000;
const crashesBeforeGivingUp = 3;
const stopGraceMs = 8000;

/**
 * Runs all of Hexkey until `signal` says stop: keys on the first start, the web client once per version, then every
 * part, in order of need. Returns when the last part has ended.
 *
 * @param isDevelopment the web client comes from Vite instead of a build
 * @throws {StartError} it cannot start; whatever was started has been ended
 */
export async function supervise(config: Config, isDevelopment: boolean, deps: Deps): Promise<void> {
  openDataFolder(config.dataFolder);
  const unlock = lockDataFolder(config.dataFolder);
  try {
    await checkPort(config.host, config.port);
    const [installation, devnet] = await Promise.all([prepare(config, deps), prepareDevnet(config, deps)]);
    const webFolder = isDevelopment ? null : await webFolderOf(config, installation, deps);
    const count = 4 + installation.nodeFolders.length;
    const [api = 0, outbox = 0, web = 0, ledger = 0, ...nodes] = await freePorts(count, deps.random);
    const ports = { api, outbox, web, devnet: ledger, nodes };
    const outboxToken = new Secret(toBase64url(deps.random(24)));
    const plan = { config, installation, ports, outboxToken, devnet, webFolder };
    await run(plan, isDevelopment, deps);
  } finally {
    unlock();
  }
}

async function prepare(config: Config, { random, terminal, signal }: Deps): Promise<Installation> {
  const options = { env: config.baseEnv, signal };
  return prepareInstallation({
    dataFolder: config.dataFolder,
    nodeCount: config.nodeCount,
    random,
    // It must know of its database, or it makes an embedded one that nobody uses.
    initApi: (folder) =>
      runInit('api', programOf('api', 'init', '--data-dir', folder), {
        env: { ...config.baseEnv, ...config.apiEnv },
        signal,
      }),
    initNode: (folder) => {
      terminal.say(`making the keys of ${folder}`);
      return runInit('pin-node', programOf('pin-node', 'init', '--data-dir', folder), options);
    },
  });
}

/** Its keys are made on the first start; with a cluster there is no devnet. */
async function prepareDevnet(
  { cluster, dataFolder, baseEnv }: Config,
  { signal }: Deps,
): Promise<DevnetFacts | null> {
  if (cluster !== null) return null;
  const init = programOf('devnet', 'init', '--data-dir', devnetFolder(dataFolder));
  return runInit('devnet', init, { env: baseEnv, signal });
}

function webFolderOf(
  config: Config,
  { operatorKey, teamKey }: Installation,
  { terminal, signal }: Deps,
): Promise<string> {
  const cacheFolder = join(config.dataFolder, 'web');
  return buildWeb({ cacheFolder, operatorKey, teamKey, baseEnv: config.baseEnv, signal, say: terminal.say });
}

async function run(plan: Plan, isDevelopment: boolean, { clock, terminal, signal }: Deps): Promise<void> {
  const parts = planParts(plan);
  terminal.name(parts.map((part) => part.name));
  const failed = new AbortController();
  let isReady = false;
  const onCrash = (part: Part, how: string, crashes: number, restartInMs: number) => {
    terminal.warn(`${part.name} ended (${how}); starting it again in ${restartInMs / 1000} s`);
    if (!isReady && crashes >= crashesBeforeGivingUp)
      failed.abort(new StartError(`${part.name} does not start: the reason is in its lines above`));
  };
  const running: RunningPart[] = [];
  try {
    for (const part of parts) running.push(runPart(part, clock, { onLine: terminal.log, onCrash }));
    const stopWaiting = AbortSignal.any([signal, failed.signal, AbortSignal.timeout(healthTimeoutMs)]);
    await allHealthy(parts, stopWaiting);
    isReady = true;
    sayReady(plan, parts, isDevelopment, terminal);
    await untilAborted(signal);
  } catch (error) {
    if (!signal.aborted) throw failed.signal.aborted ? failed.signal.reason : error;
  } finally {
    terminal.say('stopping');
    await Promise.all(running.map((one) => one.stop(stopGraceMs)));
    rmSync(join(plan.config.dataFolder, 'nodes.json'), { force: true });
  }
}

async function allHealthy(parts: readonly Part[], signal: AbortSignal): Promise<void> {
  const waiting = new Set<string>();
  const seats = parts.flatMap((part) => part.seats);
  try {
    await Promise.all(
      seats.map(async (seat) => {
        waiting.add(seat.name);
        await waitUntilHealthy(seat, signal);
        waiting.delete(seat.name);
      }),
    );
  } catch (error) {
    if (signal.reason?.name !== 'TimeoutError') throw error;
    throw new StartError(`Not healthy after ${healthTimeoutMs / 1000} s: ${[...waiting].join(', ')}`);
  }
}

function sayReady(
  { config, ports, outboxToken }: Plan,
  parts: readonly Part[],
  isDevelopment: boolean,
  terminal: Terminal,
): void {
  const rows = parts.flatMap((part) => part.seats).map((seat) => [seat.name, seat.address, 'healthy']);
  terminal.table(['part', 'address', 'state'], rows);
  const megabytes = Math.round(memoryOfTree(process.pid) / 1_000_000);
  terminal.print(`Memory of all parts: ${megabytes} MB`);
  // Shown to the person at this terminal, once; it is new at every start and only works on this computer.
  if (hasOutbox(config)) {
    terminal.print(`Outbox (text messages that are not sent): http://127.0.0.1:${ports.outbox}`);
    terminal.print(`Outbox token: ${outboxToken.reveal()}`);
  }
  for (const banner of banners(config, isDevelopment)) terminal.print(`! ${banner}`);
  terminal.print(`Hexkey is ready at ${config.publicUrl.origin}`);
}
