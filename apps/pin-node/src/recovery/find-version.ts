import type { NodeAnswer } from '@hexkey/protocol';
import { decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';

/** Juicebox's Recover1: the committed version. A first set that was never committed does not exist yet. */
export function findVersion(deps: OperationDeps, context: OperationContext): Promise<NodeAnswer> {
  return decideOnRecord(deps, context, ({ committed }) => ({
    keep:
      committed === null
        ? { kind: 'Recover1', outcome: 'NotRegistered' }
        : { kind: 'Recover1', outcome: 'Ok', version: committed.registration.version },
  }));
}
