import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeSetApproval, Random } from '@hexkey/protocol';
import { toHex } from '@hexkey/protocol';
import type { Config } from './config.ts';
import { lockDataFolder } from './data-folder/lock-data-folder.ts';
import { writeFileDurably } from './data-folder/write-file.ts';
import { type NewNode, nextNodeSet } from './installation/new-node-set.ts';
import {
  type InstalledSet,
  nodeFoldersFrom,
  nodeSetFile,
  readNodeSets,
} from './installation/node-set-files.ts';
import { operatorKey } from './installation/operator-key.ts';
import { runInit } from './installation/run-init.ts';
import { programOf } from './parts/programs.ts';
import { StartError } from './start-error.ts';

export interface ChangeDeps {
  readonly random: Random;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** Runs a command of the PIN node and reads the one JSON line it prints; in tests another one. */
  readonly runNode?: <Answer>(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
}

/**
 * Makes a node set that follows the installation's newest: new nodes beside those there are, signed by the operator key and approved by every
 * node before them, which is what `approve-set` is for where nodes have operators of their own. The document is written last: a command that was
 * cut short begins again over the same keys. Hexkey must not run.
 *
 * @param count n = 2t-1 of the new set
 * @throws {StartError} no installation, or one that runs
 */
export async function changeNodes(
  { dataFolder, baseEnv }: Pick<Config, 'dataFolder' | 'baseEnv'>,
  count: number,
  { random, say, signal, runNode }: ChangeDeps,
): Promise<{ readonly epoch: number; readonly folders: readonly string[] }> {
  const run =
    runNode ??
    ((args, env) =>
      runInit('pin-node', programOf('pin-node', ...args), { env: { ...baseEnv, ...env }, signal }));
  if (!existsSync(nodeSetFile(dataFolder, 1)))
    throw new StartError(`${dataFolder} holds no installation: npm start makes one`);
  const unlock = lockDataFolder(dataFolder);
  try {
    const operator = operatorKey(join(dataFolder, 'operator.key'), random);
    const installed = readNodeSets(dataFolder, operator.publicKey);
    const before = installed.at(-1) as InstalledSet;
    const beside = installed.flatMap(({ nodeFolders }) => nodeFolders).length;
    const folders = nodeFoldersFrom(dataFolder, beside, count);
    const nodes: NewNode[] = [];
    for (const folder of folders) {
      say(`making the keys of ${folder}`);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      nodes.push(await run(['init', '--data-dir', folder], {}));
    }
    const next = nextNodeSet(before.set.nodeSet, nodes, beside, operator);
    const epoch = before.set.nodeSet.epoch + 1;
    const file = nodeSetFile(dataFolder, epoch);
    const draft = `${file}.draft`;
    writeFileSync(draft, JSON.stringify(next), { mode: 0o600 });
    const approvals: NodeSetApproval[] = [];
    for (const folder of before.nodeFolders) {
      say(`${folder} approves`);
      const env = { HEXKEY_NODE_SET_FILE: before.file, HEXKEY_OPERATOR_KEY: toHex(operator.publicKey) };
      approvals.push(await run(['approve-set', draft, '--data-dir', folder], env));
    }
    writeFileDurably(file, `${JSON.stringify({ ...next, approvals })}\n`);
    rmSync(draft);
    return { epoch, folders };
  } finally {
    unlock();
  }
}
