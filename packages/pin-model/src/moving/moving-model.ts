import type { Model, Step } from '../explore.ts';
import { allGuards, type Guards } from '../guards.ts';
import { candidates } from '../staging/decisions.ts';
import { replaceAt } from '../staging/state.ts';
import { brokenMoveRule } from './invariants.ts';
import { moveKey } from './move-key.ts';
import {
  activate,
  arrive,
  askOld,
  commitAtNew,
  type OldRequest,
  stageAtNew,
  type Taken,
} from './node-rules.ts';
import {
  holdsNew,
  idleDevice,
  isOpen,
  type LateMove,
  type MovePhase,
  type MoveTask,
  type MovingDevice,
  type MovingState,
  type NewNode,
  type OldNode,
} from './state.ts';
import { strangersMoves } from './strangers-moves.ts';

/** How far a world goes. */
export interface MovingBounds {
  /** Of either set. */
  readonly nodes: number;
  readonly threshold: number;
  /** Nodes that never answer. */
  readonly deadOld: number;
  readonly deadNew: number;
  /** How many old nodes have closed when it begins: a move stopped there, and every new node that answers holds its record. */
  readonly closed?: number;
  readonly parallel: 1 | 2;
  /** Operations that may be begun; finishing is what every device does before it asks for a PIN. */
  readonly moves: number;
  readonly changes: number;
  readonly finishes: number;
  /** Entries of the PIN at the new nodes. */
  readonly repairs?: number;
  /** Requests that may arrive late, or twice. */
  readonly late: number;
  readonly lateKinds?: readonly LateMove['kind'][];
  /** Somebody with a session but without the PIN takes part. */
  readonly stranger: boolean;
}

type Steps = Iterable<Step<MovingState>>;
type Side = 'old' | 'next';

const sideOf = (phase: MovePhase): Side =>
  ['arrive', 'activate', 'word', 'take'].includes(phase) ? 'next' : 'old';

/**
 * A PIN that moves from one node set to another while it is changed: by two devices, each of which is killed anywhere, over a network that
 * loses, delays and repeats. What `staging` explores in full of a PIN change is here as short as a move can notice it.
 */
export function movingModel(bounds: MovingBounds, guards: Guards = allGuards): Model<MovingState> {
  const { threshold, lateKinds = ['arrive', 'close', 'activate', 'commit'] } = bounds;

  function* starts(state: MovingState): Steps {
    if (state.devices.filter(({ phase }) => phase !== 'idle').length >= bounds.parallel) return;
    for (const [at, { phase }] of state.devices.entries()) {
      if (phase !== 'idle') continue;
      if (state.left.finishes > 0) yield* finishes(state, at);
      const isMoved = state.next.filter(({ serves }) => serves !== null).length >= threshold;
      if (isMoved && state.left.repairs > 0) yield* repairs(state, at);
      if (isMoved) continue;
      for (const job of ['move', 'change'] as const)
        if (state.left[`${job}s`] > 0) yield* entries(state, at, job);
    }
  }

  function* entries(state: MovingState, at: number, job: 'move' | 'change'): Steps {
    const answers = state.old.map((node) => (node.dead ? null : node));
    const versions = candidates(answers, threshold)?.versions ?? [];
    const left = { ...state.left, [`${job}s`]: state.left[`${job}s`] - 1 };
    for (const version of versions) {
      const typed = state.versions[version]?.pin as number;
      const device: MovingDevice = { ...idleDevice, phase: 'release', job, typed, version };
      const label = `device ${at} ${job === 'move' ? 'moves PIN' : 'changes from PIN'} ${typed}`;
      yield { label, state: asking({ ...unmarked(state, at), left, done: null }, at, device) };
    }
  }

  /** finish-move.ts: each record that t new nodes hold and an old node has let its own go for. */
  function* finishes(state: MovingState, at: number): Steps {
    for (const [arrival, { left: version }] of state.arrivals.entries()) {
      if (state.next.filter((node) => !node.dead && holdsNew(node, arrival)).length < threshold) continue;
      const isClosed = ({ dead, left }: OldNode) =>
        !dead && (guards.closingsOfOneVersion ? left === version : left !== null);
      const closed = state.old.filter(isClosed).length;
      if (closed === 0) continue;
      const open = state.old.filter(
        (node) => !node.dead && isOpen(node) && node.committed === version,
      ).length;
      if (guards.finishSeesEnough && closed + open < threshold) continue;
      const device: MovingDevice = { ...idleDevice, phase: 'close', job: 'finish', version, arrival };
      const left = { ...state.left, finishes: state.left.finishes - 1 };
      const begun = asking({ ...unmarked(state, at), left }, at, device);
      const old = begun.old.map((node) => (isClosed(node) ? withTask(node, at, 'ok') : node));
      yield { label: `device ${at} finishes the move of version ${version}`, state: { ...begun, old } };
    }
  }

  /** repair-nodes.ts, at the new set: t nodes serve the PIN that is entered, and vouch for it to those that do not. */
  function* repairs(state: MovingState, at: number): Steps {
    for (const [arrival, { left: version }] of state.arrivals.entries()) {
      const alive = state.next.filter(({ dead }) => !dead);
      const serving = alive.filter(({ serves }) => serves === arrival).length;
      if (serving < threshold || serving === alive.length) continue;
      const device: MovingDevice = { ...idleDevice, phase: 'word', job: 'repair', version, arrival };
      const left = { ...state.left, repairs: state.left.repairs - 1 };
      yield {
        label: `device ${at} enters the PIN at the new nodes`,
        state: asking({ ...unmarked(state, at), left, done: null }, at, device),
      };
    }
  }

  function* answers(state: MovingState): Steps {
    for (const [at, device] of state.devices.entries()) {
      if (device.phase === 'idle') continue;
      const side = sideOf(device.phase);
      const waiting = state[side].flatMap(({ tasks }, place) => (tasks[at] === 'asked' ? [place] : []));
      if (waiting.length === 0) yield* proceed(state, at, device);
      for (const place of bounds.parallel === 1 ? waiting.slice(0, 1) : waiting)
        yield* side === 'old' ? answerOld(state, at, device, place) : answerNew(state, at, device, place);
      yield { label: `device ${at} is killed`, state: ended(state, at) };
    }
  }

  function* answerOld(state: MovingState, at: number, device: MovingDevice, place: number): Steps {
    const node = state.old[place] as OldNode;
    const words = `old node ${place}: ${device.phase} by device ${at}`;
    const request = oldRequest(state, device, at, node);
    yield* answered(state, 'old', { at, place, words }, node, askOld(guards, node, request), () => ({
      kind: device.phase as LateMove['kind'],
      device: at,
      version: device.version,
      arrival: device.arrival,
      mark: request.mark,
    }));
  }

  function* answerNew(state: MovingState, at: number, device: MovingDevice, place: number): Steps {
    const node = state.next[place] as NewNode;
    const words = `new node ${place}: ${device.phase} by device ${at}`;
    const { version, arrival } = device;
    const taken = askNew(state, at, device, node);
    yield* answered(state, 'next', { at, place, words }, node, taken, () => ({
      kind: device.phase as LateMove['kind'],
      device: at,
      version,
      arrival,
      mark: 'none',
    }));
  }

  function askNew(
    { old }: MovingState,
    at: number,
    { phase, arrival }: MovingDevice,
    node: NewNode,
  ): Taken<NewNode> {
    if (phase === 'arrive') return arrive(guards, node, arrival);
    if (phase === 'word') return stageAtNew(node, true);
    if (phase === 'take') return commitAtNew(guards, node, arrival);
    return activate(guards, node, arrival, countOf(old, at), threshold);
  }

  function* answered<N extends OldNode | NewNode>(
    state: MovingState,
    side: Side,
    { at, place, words }: { readonly at: number; readonly place: number; readonly words: string },
    node: N,
    { node: after, ok }: Taken<N>,
    lateOf: () => LateMove,
  ): Steps {
    yield {
      label: `${words} is lost`,
      state: disturbed(put(state, side, place, withTask(node, at, 'failed')), at),
    };
    const told = withTask(after, at, ok ? 'ok' : 'failed');
    yield { label: ok ? words : `${words} is refused`, state: put(state, side, place, told) };
    if (after !== node)
      yield {
        label: `${words}, the answer is lost`,
        state: disturbed(put(state, side, place, withTask(after, at, 'failed')), at),
      };
    const late = lateOf();
    if (state.left.late === 0 || !lateKinds.includes(late.kind)) return;
    const left = { ...state.left, late: state.left.late - 1 };
    const waits = (from: N) => ({ ...from, late: [...from.late, late] });
    yield {
      label: `${words} is late`,
      state: { ...put(state, side, place, withTask(waits(node), at, 'failed')), left },
    };
    yield {
      label: `${words}, and once more later`,
      state: { ...put(state, side, place, waits(told)), left },
    };
  }

  function oldRequest(
    state: MovingState,
    { phase, job, version, arrival }: MovingDevice,
    device: number,
    { marks }: OldNode,
  ): OldRequest {
    const mark = job === 'finish' ? 'none' : (marks[device] ?? 'none');
    const kind = phase as OldRequest['kind'];
    if (kind !== 'close') return { kind, device, version, mark };
    return { kind, device, version, mark, held: true, active: isActive(state, arrival), ordered: true };
  }

  function isActive({ next }: MovingState, arrival: number): boolean {
    return next.filter(({ serves }) => serves === arrival).length >= threshold;
  }

  function* proceed(state: MovingState, at: number, device: MovingDevice): Steps {
    const isEnough = countOf(state[sideOf(device.phase)], at) >= threshold;
    if (!isEnough)
      return yield { label: `device ${at}: too few for ${device.phase}`, state: ended(state, at) };
    const to = (phase: MovePhase, more: Partial<MovingDevice> = {}, before: MovingState = state) => ({
      label: `device ${at} goes on to ${phase}`,
      state: asking(before, at, { ...device, phase, ...more }),
    });
    switch (device.phase) {
      case 'release': {
        const committed = state.old.filter((node) => !node.dead && node.committed === device.version);
        if (committed.length < threshold) return yield to('settle');
        return yield device.job === 'move' ? arriving(state, device, to) : staging(state, device, to);
      }
      case 'settle':
        return yield device.job === 'move' ? arriving(state, device, to) : staging(state, device, to);
      case 'stage':
      case 'arrive':
        if (device.job === 'move' && !guards.lastProverMoves) return yield to('close');
        return yield to('check');
      case 'check':
        return yield to(device.job === 'move' ? 'close' : 'commit');
      case 'close':
        return yield to('activate');
      case 'commit':
      case 'activate': {
        const done = state.versions[device.version]?.pin ?? null;
        return yield { label: `device ${at} is done`, state: { ...ended(state, at), done } };
      }
      case 'word':
        return yield to('take');
      case 'take': {
        const done = state.versions[device.version]?.pin ?? null;
        const step = { label: `device ${at} has entered the PIN`, state: { ...ended(state, at), done } };
        const isHealed = state.next.every(({ dead, serves }) => dead || serves !== null);
        if (isHealed || !device.undisturbed) return yield step;
        return yield {
          ...step,
          broken: 'an undisturbed entry heals every new node that missed its activation',
        };
      }
    }
  }

  type To = (phase: MovePhase, more: Partial<MovingDevice>, before: MovingState) => Step<MovingState>;

  function staging(state: MovingState, { typed }: MovingDevice, to: To): Step<MovingState> {
    const versions = [...state.versions, { pin: 1 - typed }];
    return to('stage', { version: state.versions.length }, { ...state, versions });
  }

  /** arriveEverywhere: the record of a move follows from the secret and what is left, so that two devices make the same. */
  function arriving(state: MovingState, { version }: MovingDevice, to: To): Step<MovingState> {
    const same = state.arrivals.findIndex(({ left, byStranger }) => left === version && !byStranger);
    const isNew = same === -1 || !guards.oneRecordOfOneMove;
    const arrivals = isNew ? [...state.arrivals, { left: version, byStranger: false }] : state.arrivals;
    const arrival = isNew ? state.arrivals.length : same;
    return to('arrive', { arrival }, { ...state, arrivals, ordered: true });
  }

  function* lateArrivals(state: MovingState): Steps {
    for (const [place, node] of state.old.entries())
      for (const request of node.late) {
        const waiting = { ...node, late: node.late.filter((one) => one !== request) };
        const { kind, device, version, mark, arrival } = request;
        const asked = { kind: kind as OldRequest['kind'], device, version, mark, held: true, ordered: true };
        const { node: after } = askOld(guards, waiting, { ...asked, active: isActive(state, arrival) });
        yield* lateSteps(state, 'old', place, waiting, after, request);
      }
    for (const [place, node] of state.next.entries())
      for (const request of node.late) {
        const waiting = { ...node, late: node.late.filter((one) => one !== request) };
        const { node: after } =
          request.kind === 'arrive'
            ? arrive(guards, waiting, request.arrival)
            : activate(guards, waiting, request.arrival, threshold, threshold);
        yield* lateSteps(state, 'next', place, waiting, after, request);
      }
  }

  function* lateSteps<N extends OldNode | NewNode>(
    state: MovingState,
    side: Side,
    place: number,
    waiting: N,
    after: N,
    { kind, device }: LateMove,
  ): Steps {
    const words = `late ${kind} of device ${device}`;
    if (after !== waiting)
      yield { label: `${words} reaches ${side} node ${place}`, state: put(state, side, place, after) };
    yield { label: `${words} never arrives`, state: put(state, side, place, waiting) };
  }

  /** Right PINs, vouchers, receipts and whatever is still on its way count no more. */
  function* tenMinutesPass(state: MovingState): Steps {
    const isIdle = state.devices.every(({ phase }) => phase === 'idle');
    const isFresh = state.old.some(({ rights, late }) => rights !== 0 || late.length > 0);
    if (!isIdle || !(isFresh || state.next.some(({ late }) => late.length > 0))) return;
    const old = state.old.map((node) => ({ ...node, rights: 0, late: [] }));
    const next = state.next.map((node) => ({ ...node, late: [] }));
    yield { label: 'ten minutes pass', state: { ...state, old, next } };
  }

  const stranger = strangersMoves(threshold, guards);
  return {
    initial: initialState(bounds),
    *steps(state) {
      yield* answers(state);
      yield* starts(state);
      yield* lateArrivals(state);
      yield* tenMinutesPass(state);
      if (bounds.stranger) yield* stranger(state);
    },
    key: moveKey,
    broken: (state) => brokenMoveRule(state, threshold),
  };
}

function initialState({
  nodes,
  deadOld,
  deadNew,
  closed = 0,
  moves,
  changes,
  finishes,
  repairs = 0,
  late,
}: MovingBounds): MovingState {
  const both = <T>(value: T) => [value, value] as const;
  const hasClosed = (place: number) => place >= deadOld && place < deadOld + closed;
  const places = Array.from({ length: nodes }, (_, place) => place);
  return {
    old: places.map((place) => ({
      dead: place < deadOld,
      committed: hasClosed(place) ? null : 0,
      staged: null,
      rights: 0,
      marks: both('none'),
      left: hasClosed(place) ? 0 : null,
      tasks: both('none'),
      late: [],
    })),
    next: places.map((place) => ({
      dead: place < deadNew,
      arrivals: closed > 0 && place >= deadNew ? [0] : [],
      serves: null,
      staged: null,
      tasks: both('none'),
      late: [],
    })),
    devices: both(idleDevice),
    versions: [{ pin: 0 }],
    arrivals: closed > 0 ? [{ left: 0, byStranger: false }] : [],
    left: { moves, changes, finishes, repairs, late },
    ordered: closed > 0,
    done: null,
  };
}

/** Asks every node of the side that the phase is about; the dead ones never answer. */
function asking(state: MovingState, at: number, device: MovingDevice): MovingState {
  const side = sideOf(device.phase);
  const nodes = state[side].map((node) => withTask(node, at, node.dead ? 'failed' : 'asked'));
  return { ...state, [side]: nodes, devices: replaceAt(state.devices, at, device) };
}

function ended(state: MovingState, at: number): MovingState {
  return { ...unmarked(state, at), devices: replaceAt(state.devices, at, idleDevice) };
}

/** An operation knows only what it was told itself. */
function unmarked(state: MovingState, at: number): MovingState {
  const old = state.old.map((node) =>
    withTask({ ...node, marks: replaceAt(node.marks, at, 'none' as const) }, at, 'none'),
  );
  return { ...state, old, next: state.next.map((node) => withTask(node, at, 'none')) };
}

function disturbed(state: MovingState, at: number): MovingState {
  const device = state.devices[at] as MovingDevice;
  if (device.job !== 'repair') return state;
  return { ...state, devices: replaceAt(state.devices, at, { ...device, undisturbed: false }) };
}

function put(state: MovingState, side: Side, place: number, node: OldNode | NewNode): MovingState {
  return { ...state, [side]: replaceAt<OldNode | NewNode>(state[side], place, node) };
}

function withTask<N extends OldNode | NewNode>(node: N, at: number, task: MoveTask): N {
  return { ...node, tasks: replaceAt(node.tasks, at, task) };
}

function countOf(nodes: readonly (OldNode | NewNode)[], at: number): number {
  return nodes.filter(({ tasks }) => tasks[at] === 'ok').length;
}
