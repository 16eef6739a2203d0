import { equalBytes, type NodeAnswer, type NodeRequest, recordRightPin } from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import { type HeldRegistration, isVersion, type PinRecord } from '../records/pin-record.ts';
import { encodeHeld } from '../records/record-codec.ts';
import { NodeRefusal } from '../refusal.ts';
import { checkRegistration } from './check-registration.ts';
import { isOutdated } from './is-outdated.ts';
import { stageRightOf } from './stage-right.ts';

type StageRequest = Extract<NodeRequest, { kind: 'Stage' }>;

/**
 * Puts a new version beside the committed one. A first record that was never committed is replaceable by anyone the
 * account server vouches for: a first set that reached two nodes must not make them refuse the next try. A node that missed a change
 * takes the word of t others for the PIN, which then counts as shown here. A request that names what it replaces changes nothing once the node
 * holds anything else, however late it arrives, and one that names the last right PIN nothing after another one.
 * @throws {NodeRefusal} 400, 401
 */
export function stagePin(
  deps: OperationDeps,
  context: OperationContext,
  request: StageRequest,
): Promise<NodeAnswer> {
  const { requester } = context;
  if (requester.kind !== 'device') throw new NodeRefusal(401, 'a device proof is needed');
  checkRegistration(deps.groupOperations, request.registration);
  const held = {
    registration: request.registration,
    nodeSetHash: request.nodeSetHash,
    loginKey: request.loginKey,
    pinAuthKey: request.pinAuthKey ?? null,
  };
  const rightAt = stageRightOf(deps, context, requester, request);
  return decideOnRecord(deps, context, (record, caller): Decision<NodeAnswer> => {
    const ok: NodeAnswer = { kind: 'Stage', outcome: 'Ok' };
    if (isVersion(record.committed, request.registration.version)) {
      // A repeat after a lost answer, when the commit has already happened.
      if (isSame(record.committed, held)) return { keep: ok };
      throw new NodeRefusal(400, 'the version is taken');
    }
    const right = rightAt(record, caller);
    if (right === null)
      return {
        note: { operation: 'stage', outcome: 'refused' },
        result: { kind: 'Stage', outcome: 'ProofRequired' },
      };
    const changed: NodeAnswer = { kind: 'Stage', outcome: 'Changed' };
    if (isOutdated(record, request)) return { keep: isSame(record.staged, held) ? ok : changed };
    if (!replacesWhatIsHeld(record, request)) return { keep: changed };
    const isFirst = record.committed === null;
    const { throttle } = record;
    const enrolled = right === 'vouched' ? recordRightPin(throttle, caller, context.time.nowMs) : throttle;
    return {
      write: {
        ...record,
        staged: held,
        stagedOnWord: right === 'vouched',
        // A share of the wallet is not to be had again: it waits for its activation.
        arrivals:
          right === 'vouched' ? record.arrivals.filter(({ share }) => share !== null) : record.arrivals,
        madeWithProof: isFirst || record.madeWithProof,
        // Whoever staged before and never committed proved nothing about this owner's PIN.
        throttle: isFirst ? { ...throttle, devices: [] } : enrolled,
      },
      event: { operation: right === 'vouched' ? 'vouched' : 'stage', outcome: 'done' },
      result: ok,
    };
  });
}

function isSame(present: HeldRegistration | null, asked: HeldRegistration): boolean {
  return present !== null && equalBytes(encodeHeld(present), encodeHeld(asked));
}

/** A repeat finds its own version staged. */
function replacesWhatIsHeld(
  { committed, staged }: PinRecord,
  { replaces, registration }: StageRequest,
): boolean {
  if (replaces === undefined || isVersion(staged, registration.version)) return true;
  return isHeld(committed, replaces.committed) && isHeld(staged, replaces.staged);
}

function isHeld(held: HeldRegistration | null, version: Uint8Array | null): boolean {
  return version === null ? held === null : isVersion(held, version);
}
