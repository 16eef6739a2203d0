import { readFileSync } from 'node:fs';
import {
  approveNodeSet,
  MalformedError,
  type NodeSetApproval,
  type SignedNodeSet,
  verifyNodeSet,
} from '@hexkey/protocol';
import { readNodeSet, readOperatorKey } from './config.ts';
import { readLogKeys } from './keys/node-keys.ts';
import { StartRefusal } from './start-refusal.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * This node's word that owners may move their PINs to another set. The node need not run. Whoever gives it looks at the set first:
 * t such words and the owners' PINs take every record from here.
 * @param file the document that the operator signed, with or without approvals of others
 * @returns what goes into the document's `approvals`, and in words what it approves
 * @throws {StartRefusal} a document of another operator, or a set that does not follow this node's
 */
export function approveSet(
  env: Environment,
  file: string,
  dataDirectory: string,
): { readonly approval: NodeSetApproval; readonly summary: string } {
  const operatorKey = readOperatorKey(env);
  const before = readNodeSet(env, operatorKey);
  try {
    const next = verifyNodeSet(readDocument(file), operatorKey);
    const { id, epoch, threshold, nodes } = next.nodeSet;
    const lines = nodes.map(
      ({ name, operator, region, address }) => `  ${name} by ${operator}, ${region}: ${address}`,
    );
    return {
      approval: approveNodeSet(before, next, readLogKeys(dataDirectory)),
      summary: [`${id}, set ${epoch}: ${threshold} of ${nodes.length} nodes`, ...lines].join('\n'),
    };
  } catch (error) {
    if (error instanceof MalformedError) throw new StartRefusal(error.message);
    throw error;
  }
}

function readDocument(file: string): SignedNodeSet {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StartRefusal(`${file} cannot be read: ${(error as Error).name}`);
  }
}
