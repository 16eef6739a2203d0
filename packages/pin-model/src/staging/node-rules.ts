import type { Guards } from '../guards.ts';
import { hasRight, onlyRightOf, withRight } from './recent-rights.ts';
import { type Held, holds, type LateRequest, type NodeState, type Version } from './state.ts';

export interface Handled {
  readonly node: NodeState;
  /** The node answered Ok. */
  readonly ok: boolean;
}

/** What one node does with a request, in one durable write: apps/pin-node/src/registration and recovery/release-share.ts. */
export function handle(
  guards: Guards,
  versions: readonly Version[],
  node: NodeState,
  request: LateRequest,
): Handled {
  if (guards.rightPinOutdatesRequests && request.isOutdated) return { node, ok: isDone(node, request) };
  switch (request.kind) {
    case 'release':
      return release(guards, node, request);
    case 'stage':
      return stage(guards, versions, node, request);
    case 'commit':
      return commit(node, request);
  }
}

/** What an outdated request asks for is the case already: it is answered, and nothing is written. */
function isDone({ committed, staged }: NodeState, { kind, version }: LateRequest): boolean {
  return committed === version || (kind === 'stage' && staged === version);
}

function release(guards: Guards, node: NodeState, { device, version }: LateRequest): Handled {
  if (!holds(node, version)) return { node, ok: false };
  const rights = withRight(node.rights, device);
  if (!guards.rightPinOutdatesRequests) return { node: { ...node, rights }, ok: true };
  const marks = node.marks.map((mark) => (mark === 'none' ? mark : 'outdated'));
  // What was sent before and is still on its way will change nothing any more, so it need not be kept.
  const late = node.late.filter(({ kind }) => kind === 'release');
  return { node: { ...node, rights, marks, late }, ok: true };
}

function stage(
  guards: Guards,
  versions: readonly Version[],
  node: NodeState,
  { device, version, vouched, handover, replaces }: LateRequest,
): Handled {
  if (node.committed === version) return { node, ok: true };
  const isFirst = node.committed === null;
  if (isFirst && node.staged !== null && node.staged !== version && !guards.firstRecordIsReplaceable)
    return { node, ok: false };
  const shown = isFirst || (hasRight(node.rights, device) && follows(versions, node, version, handover));
  if (!shown && !vouched) return { node, ok: false };
  if (guards.stageNamesWhatItReplaces && node.staged !== version && !isAs(node, replaces))
    return { node, ok: false };
  const rights = isFirst ? 0 : shown ? node.rights : withRight(node.rights, device);
  if (!guards.stageBeforeCommit)
    return { node: { ...node, committed: version, staged: null, rights }, ok: true };
  return { node: { ...node, staged: version, rights }, ok: true };
}

/** Nothing has come between the survey and this request. */
function isAs(node: NodeState, replaces: Held | null): boolean {
  return replaces !== null && node.committed === replaces.committed && node.staged === replaces.staged;
}

/** The PIN-auth key stays, or the one before signs the new one. */
function follows(
  versions: readonly Version[],
  { committed }: NodeState,
  version: number,
  handover: number | null,
): boolean {
  const current = committed === null ? null : versions[committed]?.secret;
  return current === versions[version]?.secret || current === handover;
}

/** The tag is right: the sender holds the record or has proven its PIN. */
function commit(node: NodeState, { device, version }: LateRequest): Handled {
  if (!holds(node, version)) return { node, ok: false };
  if (node.committed === version)
    return { node: { ...node, rights: withRight(node.rights, device) }, ok: true };
  if (node.committed !== null && !hasRight(node.rights, device)) return { node, ok: false };
  const rights = onlyRightOf(withRight(node.rights, device), device);
  return { node: { ...node, committed: version, staged: null, rights }, ok: true };
}
