import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SignedNodeSet, type VerifiedNodeSet, verifyNodeSetChain } from '@hexkey/protocol';
import { writeFileDurably } from '../data-folder/write-file.ts';
import { StartError } from '../start-error.ts';

/** A signed set of the installation and where its nodes are. */
export interface InstalledSet {
  readonly file: string;
  readonly document: SignedNodeSet;
  readonly set: VerifiedNodeSet;
  /** In the order of the set. */
  readonly nodeFolders: readonly string[];
}

/** The document of the set with that epoch. */
export function nodeSetFile(dataFolder: string, epoch: number): string {
  return join(dataFolder, epoch === 1 ? 'node-set.json' : `node-set-${epoch}.json`);
}

export function nodeFoldersFrom(dataFolder: string, before: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => join(dataFolder, `node-${before + index + 1}`));
}

/**
 * The sets of an installation, oldest first; none before its first start ended.
 * @throws {StartError} documents that are not ours, or that do not follow one another
 */
export function readNodeSets(dataFolder: string, operatorPublicKey: Uint8Array): readonly InstalledSet[] {
  const files: string[] = [];
  for (let epoch = 1; existsSync(nodeSetFile(dataFolder, epoch)); epoch += 1)
    files.push(nodeSetFile(dataFolder, epoch));
  if (files.length === 0) return [];
  try {
    const documents = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as SignedNodeSet);
    let before = 0;
    return verifyNodeSetChain(documents, operatorPublicKey).map((set, index) => {
      const nodeFolders = nodeFoldersFrom(dataFolder, before, set.nodeSet.nodes.length);
      before += nodeFolders.length;
      return {
        file: files[index] as string,
        document: documents[index] as SignedNodeSet,
        set,
        nodeFolders,
      };
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `${files.join(', ')} and operator.key do not belong together (${reason}): restore your backup`,
    );
  }
}

/** All documents in one file, for the server and the front door. Made anew at each start. @returns its path */
export function writeChainFile(dataFolder: string, sets: readonly InstalledSet[]): string {
  const file = join(dataFolder, 'node-sets.json');
  writeFileDurably(file, `${JSON.stringify(sets.map(({ document }) => document))}\n`);
  return file;
}
