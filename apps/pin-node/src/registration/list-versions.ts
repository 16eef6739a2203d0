import type { HeldVersion, NodeAnswer } from '@hexkey/protocol';
import { decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import type { HeldRegistration } from '../records/pin-record.ts';
import { requireDevice } from './require-device.ts';

/** The committed and the staged version, if any, and the mark of the last right PIN. @throws {NodeRefusal} 401 */
export function listVersions(deps: OperationDeps, context: OperationContext): Promise<NodeAnswer> {
  requireDevice(context.requester);
  return decideOnRecord(deps, context, (record) => ({
    keep: {
      kind: 'ListVersions',
      outcome: 'Ok',
      versions: [...listed(record.committed, 'committed'), ...listed(record.staged, 'staged')],
      rightPinMark: record.rightPinMark,
    },
  }));
}

function listed(held: HeldRegistration | null, state: HeldVersion['state']): HeldVersion[] {
  return held === null ? [] : [{ version: held.registration.version, state, nodeSetHash: held.nodeSetHash }];
}
