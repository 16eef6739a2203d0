import type { Guards } from '../guards.ts';
import { hasRight, onlyRightOf, withRight } from '../staging/recent-rights.ts';
import { holdsOld, isOpen, type MoveMark, type NewNode, type OldNode } from './state.ts';

export interface Taken<N> {
  readonly node: N;
  readonly ok: boolean;
}
const refused = <N>(node: N): Taken<N> => ({ node, ok: false });

/** What an old node is asked. */
export interface OldRequest {
  readonly kind: 'release' | 'settle' | 'stage' | 'check' | 'commit' | 'close';
  readonly device: number;
  readonly version: number;
  readonly mark: MoveMark;
  /** Of a Close: receipts of t new nodes; those of nodes that serve the record by now; and whether the owner ordered it. */
  readonly held?: boolean;
  readonly active?: boolean;
  readonly ordered?: boolean;
}

/** One durable write of an old node: apps/pin-node/src/registration, recovery/release-share.ts and moving/close.ts. */
export function askOld(guards: Guards, node: OldNode, request: OldRequest): Taken<OldNode> {
  const { kind, device, version, mark } = request;
  if (kind === 'close') return close(guards, node, request);
  if (!isOpen(node)) return refused(node);
  switch (kind) {
    case 'release': {
      if (!holdsOld(node, version)) return refused(node);
      const marks = node.marks.map((known, at) =>
        at === device ? ('own' as const) : known === 'none' ? known : ('outdated' as const),
      );
      const late = node.late.map((one) => (one.mark === 'own' ? { ...one, mark: 'outdated' as const } : one));
      return { node: { ...node, rights: withRight(node.rights, device), marks, late }, ok: true };
    }
    case 'check':
      return { node, ok: node.marks[device] === 'own' };
    case 'stage':
      if (!hasRight(node.rights, device) || mark !== 'own') return refused(node);
      return { node: { ...node, staged: version }, ok: true };
    case 'settle':
    case 'commit': {
      if (!holdsOld(node, version)) return refused(node);
      if (node.committed === version) return { node, ok: true };
      if (!hasRight(node.rights, device) || mark !== 'own') return refused(node);
      const rights = onlyRightOf(withRight(node.rights, device), device);
      return { node: { ...node, committed: version, staged: null, rights }, ok: true };
    }
  }
}

function close(guards: Guards, node: OldNode, request: OldRequest): Taken<OldNode> {
  const { device, version, mark, held = false, active = false, ordered = false } = request;
  if (node.left !== null) return { node, ok: !guards.closingsOfOneVersion || node.left === version };
  if (!active) {
    if (guards.closeNamesVersion && node.committed !== version) return refused(node);
    if (guards.closeHeedsRightPin && mark === 'outdated') return refused(node);
    // Who showed no PIN here waits for whoever did: he may be committing another.
    if (guards.finishHeedsRightPin && mark === 'none' && onlyRightOf(node.rights, device) !== node.rights)
      return refused(node);
  }
  if (guards.closeNeedsOrder && !ordered) return refused(node);
  if (guards.closeNeedsReceipts && !held) return refused(node);
  const marks = node.marks.map(() => 'none' as const);
  return { node: { ...node, committed: null, staged: null, rights: 0, marks, left: version }, ok: true };
}

/** apps/pin-node/src/moving/arrive.ts */
export function arrive(guards: Guards, node: NewNode, arrival: number): Taken<NewNode> {
  if (node.serves !== null) return refused(node);
  const others = guards.arrivalsStandSideBySide ? node.arrivals.filter((held) => held !== arrival) : [];
  return { node: { ...node, arrivals: [...others, arrival].sort() }, ok: true };
}

/** apps/pin-node/src/moving/activate.ts. @param closings of different old nodes, for the version that this record takes the place of */
export function activate(
  guards: Guards,
  node: NewNode,
  arrival: number,
  closings: number,
  threshold: number,
): Taken<NewNode> {
  if (node.serves !== null) return { node, ok: node.serves === arrival };
  if (!node.arrivals.includes(arrival)) return refused(node);
  if (closings < (guards.activateNeedsClosings ? threshold : 1)) return refused(node);
  return { node: { ...node, arrivals: [], serves: arrival, staged: null }, ok: true };
}

/** apps/pin-node/src/registration/stage-pin.ts, at a new node. @param vouched by t nodes of the new set; a first record of whoever asks otherwise */
export function stageAtNew(node: NewNode, vouched: boolean): Taken<NewNode> {
  if (node.serves !== null) return { node, ok: true };
  if (!vouched && node.arrivals.length > 0) return refused(node);
  return { node: { ...node, staged: vouched ? 'word' : 'first' }, ok: true };
}

/** apps/pin-node/src/registration/commit-pin.ts, at a new node. @param record what the staged one is served as */
export function commitAtNew(guards: Guards, node: NewNode, record: number): Taken<NewNode> {
  if (node.serves !== null) return { node, ok: node.serves === record };
  if (node.staged === null) return refused(node);
  const isMoving = node.arrivals.length > 0;
  const mayCommit =
    node.staged === 'word' ? guards.commitOnWordAmidMove : !guards.nothingBetweenArrivalAndActivation;
  if (isMoving && !mayCommit) return refused(node);
  return { node: { ...node, arrivals: [], serves: record, staged: null }, ok: true };
}
