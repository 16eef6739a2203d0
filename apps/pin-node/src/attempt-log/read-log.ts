import {
  firstLogHead,
  hasRecentRightPin,
  type LogHead,
  maxLogPage,
  type NodeAnswer,
  type NodeRequest,
  signLogHead,
} from '@hexkey/protocol';
import { decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import { requireDevice } from '../registration/require-device.ts';

type ReadLogRequest = Extract<NodeRequest, { kind: 'ReadLog' }>;

/**
 * What happened to the account at this node, and the node's signature over all of it. Only for a device that showed the
 * right PIN within ten minutes: the log tells when its owner is awake and which devices there are.
 * @throws {NodeRefusal} 401
 */
export async function readLog(
  deps: OperationDeps,
  context: OperationContext,
  request: ReadLogRequest,
): Promise<NodeAnswer> {
  requireDevice(context.requester);
  const owner = { realmId: deps.realmId, user: context.requester.user };
  const head = await decideOnRecord<LogHead | null>(deps, context, (record, caller) => {
    // A first PIN that was never committed is anybody's whom the account server vouches for.
    const mayRead =
      record.committed !== null && hasRecentRightPin(record.throttle, caller, context.time.nowMs);
    return { keep: mayRead ? (record.log.head ?? firstLogHead(owner)) : null };
  });
  if (head === null) return { kind: 'ReadLog', outcome: 'ProofRequired' };
  const entries = await deps.store.readEntries(context.recordId, {
    after: request.afterSequence,
    // Entries that a rival has appended since are not under this head.
    through: head.sequence,
    limit: maxLogPage,
  });
  return { kind: 'ReadLog', outcome: 'Ok', entries, head: signLogHead(owner, head, deps.logKeys) };
}
