import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, toHex, verifyNodeSet } from '@hexkey/protocol';
import { defaultNodeCount } from '../config.ts';
import { writeFileDurably } from '../data-folder/write-file.ts';
import { StartError } from '../start-error.ts';
import { type NewNode, newNodeSet } from './new-node-set.ts';
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
  readonly nodeSetFile: string;
  readonly tenants: readonly Tenant[];
  readonly apiFolder: string;
  /** In the order of the node set. */
  readonly nodeFolders: readonly string[];
}

export interface Preparation {
  readonly dataFolder: string;
  readonly nodeCount: number | null;
  readonly random: Random;
  /** Runs a part's `init`, which makes its keys and prints their public halves; repeating it changes nothing. */
  readonly initApi: (
    folder: string,
  ) => Promise<{ tenant: string; tokenKeyVersion: number; tokenPublicKey: string }>;
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
  const nodeSetFile = join(dataFolder, 'node-set.json');
  const apiFolder = join(dataFolder, 'api');
  const foldersOf = (count: number) =>
    Array.from({ length: count }, (_, index) => join(dataFolder, `node-${index + 1}`));

  const folders = foldersOf(
    signedNodeCount(nodeSetFile, operator.publicKey) ?? preparation.nodeCount ?? defaultNodeCount,
  );
  if (preparation.nodeCount !== null && preparation.nodeCount !== folders.length)
    throw new StartError(
      `HEXKEY_NODES is ${preparation.nodeCount}, but this installation was made with ${folders.length} nodes: ` +
        'the signed node set fixes them',
    );
  for (const folder of [apiFolder, ...folders]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { tenant, tokenKeyVersion, tokenPublicKey } = await preparation.initApi(apiFolder);
  if (!existsSync(nodeSetFile)) {
    const nodes = await Promise.all(folders.map(preparation.initNode));
    const nodeSet = newNodeSet(toHex(random(16)), tenant, nodes, operator);
    writeFileDurably(nodeSetFile, `${JSON.stringify(nodeSet)}\n`);
  }
  return {
    operatorKey: toHex(operator.publicKey),
    nodeSetFile,
    tenants: [{ tenant, version: tokenKeyVersion, publicKey: tokenPublicKey }],
    apiFolder,
    nodeFolders: folders,
  };
}

/** How many nodes the signed set has; null before the first start ended. @throws {StartError} a set that is not ours */
function signedNodeCount(nodeSetFile: string, operatorPublicKey: Uint8Array): number | null {
  if (!existsSync(nodeSetFile)) return null;
  try {
    const document = JSON.parse(readFileSync(nodeSetFile, 'utf8'));
    return verifyNodeSet(document, operatorPublicKey).nodeSet.nodes.length;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `${nodeSetFile} and operator.key do not belong together (${reason}): restore your backup`,
    );
  }
}
