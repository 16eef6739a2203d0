import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, toHex } from '@hexkey/protocol';
import { defaultNodeCount } from '../config.ts';
import { writeFileDurably } from '../data-folder/write-file.ts';
import { StartError } from '../start-error.ts';
import { type NewNode, newNodeSet } from './new-node-set.ts';
import { nodeFoldersFrom, nodeSetFile, readNodeSets, writeChainFile } from './node-set-files.ts';
import { operatorKey } from './operator-key.ts';

/** Which tokens the nodes accept: who issues them, under which key. */
export interface Tenant {
  readonly tenant: string;
  readonly version: number;
  readonly publicKey: string;
}

/** What is fixed at the first start. */
export interface Installation {
  /** Ed25519, hexadecimal: compiled into the client. */
  readonly operatorKey: string;
  /** Ed25519, hexadecimal: signs what Team Hexkey says; compiled into the client too. */
  readonly teamKey: string;
  /** The document, or all of them, oldest first, once there are several: for the server and the front door. */
  readonly nodeSetFile: string;
  readonly tenants: readonly Tenant[];
  readonly apiFolder: string;
  /** In the order of the node sets, the oldest first. */
  readonly nodeFolders: readonly string[];
  /** Of each of those nodes, the document of its set. */
  readonly nodeSetFiles: readonly string[];
}

export interface Preparation {
  readonly dataFolder: string;
  readonly nodeCount: number | null;
  readonly random: Random;
  /** Runs a part's `init`, which makes its keys and prints their public halves; repeating it changes nothing. */
  readonly initApi: (
    folder: string,
  ) => Promise<{ tenant: string; tokenKeyVersion: number; tokenPublicKey: string; teamKey: string }>;
  readonly initNode: (folder: string) => Promise<NewNode>;
}

/**
 * Makes the keys and the signed node set on the first start, and reads them on every later one. The node set is written
 * last: a start that was cut short before begins again over the same keys.
 *
 * @throws {StartError} another number of nodes than the signed set has
 */
export async function prepareInstallation(preparation: Preparation): Promise<Installation> {
  const { dataFolder, random } = preparation;
  const operator = operatorKey(join(dataFolder, 'operator.key'), random);
  const apiFolder = join(dataFolder, 'api');
  const installed = readNodeSets(dataFolder, operator.publicKey);
  const newest = installed.at(-1)?.nodeFolders;
  const first = newest ?? nodeFoldersFrom(dataFolder, 0, preparation.nodeCount ?? defaultNodeCount);
  if (preparation.nodeCount !== null && preparation.nodeCount !== first.length)
    throw new StartError(
      `HEXKEY_NODES is ${preparation.nodeCount}, but this installation has a set of ${first.length} nodes: ` +
        'the signed node set fixes them; npm run change-nodes makes another one',
    );
  const folders = installed.length === 0 ? first : installed.flatMap(({ nodeFolders }) => nodeFolders);
  for (const folder of [apiFolder, ...folders]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { tenant, tokenKeyVersion, tokenPublicKey, teamKey } = await preparation.initApi(apiFolder);
  if (installed.length === 0) {
    const nodes = await Promise.all(folders.map(preparation.initNode));
    const nodeSet = newNodeSet(toHex(random(16)), tenant, nodes, operator);
    writeFileDurably(nodeSetFile(dataFolder, 1), `${JSON.stringify(nodeSet)}\n`);
  }
  const sets = readNodeSets(dataFolder, operator.publicKey);
  return {
    operatorKey: toHex(operator.publicKey),
    teamKey,
    nodeSetFile: sets.length === 1 ? nodeSetFile(dataFolder, 1) : writeChainFile(dataFolder, sets),
    tenants: [{ tenant, version: tokenKeyVersion, publicKey: tokenPublicKey }],
    apiFolder,
    nodeFolders: folders,
    nodeSetFiles: sets.flatMap(({ file, nodeFolders }) => nodeFolders.map(() => file)),
  };
}
