import type { Model, Step } from '../explore.ts';
import { allGuards, type Guards } from '../guards.ts';
import { brokenRule } from './invariants.ts';
import { type Handled, handle } from './node-rules.ts';
import { closed, ownerSteps } from './owner-steps.ts';
import {
  type DeviceState,
  idle,
  isCurrent,
  type Job,
  type LateRequest,
  type Mark,
  type NodeState,
  replaceAt,
  type StagingState,
  strangersPin,
} from './state.ts';
import { stateKey, withoutDeadVersions } from './symmetry.ts';

/** How far a world goes. Losses, crashes and their places are not bounded; these are. */
export interface StagingBounds {
  readonly nodes: number;
  readonly threshold: number;
  /** Nodes that never answer. */
  readonly dead: number;
  /** `set`: nothing is registered yet; else the account has PIN 0. */
  readonly story: 'set' | 'change' | 'rotate';
  /** 2: a second device of the owner works at the same time; 1: one operation at a time. */
  readonly parallel: 1 | 2;
  readonly devices: 1 | 2;
  /** PIN changes or first sets that may be begun. */
  readonly changes: number;
  /** PIN entries that may be begun. */
  readonly entries: number;
  /** Records that may be made after the first. */
  readonly records: number;
  /** Requests that may arrive late, or twice: Stages, unless other kinds are named. */
  readonly late: number;
  readonly lateKinds?: readonly LateRequest['kind'][];
  /** Somebody with a session but without the PIN takes part. */
  readonly stranger: boolean;
}

type Steps = Iterable<Step<StagingState>>;

/**
 * Setting and changing the PIN over n nodes and a server: any request or answer may be lost, come late or twice, any part may stop between
 * any two of its writes, and the owner may type either PIN afterwards. A node that is killed before its write has lost the request, one that
 * is killed after it has lost the answer, so crashes of nodes need no steps of their own.
 */
export function stagingModel(bounds: StagingBounds, guards: Guards = allGuards): Model<StagingState> {
  const { threshold, lateKinds = ['stage'] } = bounds;
  const owner = ownerSteps(threshold, guards);

  function* starts(state: StagingState): Steps {
    const busy = state.devices.filter(({ phase }) => phase !== 'idle').length;
    if (busy >= bounds.parallel) return;
    for (const [at, { phase }] of state.devices.entries()) {
      if (phase !== 'idle') continue;
      if (state.left.changes > 0) {
        const job: Job = bounds.story;
        for (const typed of job === 'set' ? [0, 1] : pinsInUse(state)) yield begun(state, at, job, typed);
      }
      if (state.left.entries > 0 && state.server.pinState === 'set')
        for (const typed of pinsInUse(state)) yield begun(state, at, 'enter', typed);
    }
  }

  function begun(state: StagingState, at: number, job: Job, typed: number): Step<StagingState> {
    // What two devices do at the same time ends with the next operation, not with either of these.
    const overtaken = state.devices.some(({ phase }) => phase !== 'idle');
    const device: DeviceState = { ...idle, phase: 'survey', job, typed, overtaken };
    const counted = job === 'enter' ? 'entries' : 'changes';
    const left = { ...state.left, [counted]: state.left[counted] - 1 };
    const verb = {
      enter: 'enters',
      change: 'changes from',
      rotate: 'replaces, because somebody knew it,',
      set: 'sets',
    };
    return {
      label: `device ${at} ${verb[job]} PIN ${typed}`,
      state: owner.begin({ ...(overtaken ? overtaking(state) : state), left, done: null }, at, device),
    };
  }

  /** The first node that has not answered: with one device at work the order of nodes makes no difference. */
  function* answers(state: StagingState): Steps {
    for (const [at, device] of state.devices.entries()) {
      if (device.phase === 'idle') continue;
      const waiting = state.nodes.flatMap((node, place) => (node.tasks[at] === 'asked' ? [place] : []));
      if (waiting.length === 0) yield* owner.proceed(state, at);
      for (const place of bounds.parallel === 1 ? waiting.slice(0, 1) : waiting)
        yield* answer(state, at, device, place);
      yield { label: `device ${at} is killed`, state: closed(state, at) };
    }
  }

  function* answer(state: StagingState, at: number, device: DeviceState, place: number): Steps {
    const node = state.nodes[place] as NodeState;
    const lost = changed(state, place, withTask(node, at, 'failed'), at, false);
    yield { label: `node ${place} does not get ${device.phase} of device ${at}`, state: lost };
    if (device.phase === 'survey') {
      const { committed, staged } = node;
      const seen = replaceAt(node.seen, at, { committed, staged });
      const told = withTask({ ...node, seen, marks: marksTold(node, at) }, at, 'ok');
      yield {
        label: `node ${place} answers the survey of device ${at}`,
        state: changed(state, place, told, at, true),
      };
      return;
    }
    const request = requestOf(state, device, at, place);
    const handled = handle(guards, state.versions, node, request);
    const { node: after, ok } = handled;
    const words = `node ${place}: ${request.kind} by device ${at}`;
    yield {
      label: ok ? words : `${words} is refused`,
      state: changed(state, place, withTask(answered(handled, request), at, ok ? 'ok' : 'failed'), at, ok),
    };
    if (after !== node)
      yield {
        label: `${words}, the answer is lost`,
        state: changed(state, place, withTask(after, at, 'failed'), at, false),
      };
    if (state.left.late === 0 || !lateKinds.includes(request.kind) || request.isOutdated) return;
    const left = { ...state.left, late: state.left.late - 1 };
    const late = { ...node, late: [...node.late, request] };
    yield {
      label: `${words} is late`,
      state: { ...changed(state, place, withTask(late, at, 'failed'), at, false), left },
    };
    const twice = { ...after, late: [...after.late, request] };
    yield {
      label: `${words}, and once more later`,
      state: { ...changed(state, place, withTask(twice, at, ok ? 'ok' : 'failed'), at, false), left },
    };
  }

  /** What an operation is told first counts: it decides by that. */
  function marksTold({ marks }: NodeState, at: number): readonly Mark[] {
    if (!guards.rightPinOutdatesRequests || marks[at] !== 'none') return marks;
    return replaceAt(marks, at, 'told' as const);
  }

  /** A right PIN is answered with the mark it made. */
  function answered({ node, ok }: Handled, { kind, device }: LateRequest): NodeState {
    if (kind !== 'release' || !ok || !guards.rightPinOutdatesRequests) return node;
    return { ...node, marks: replaceAt(node.marks, device, 'own' as const) };
  }

  function requestOf(
    state: StagingState,
    { phase, version, vouched, proven }: DeviceState,
    device: number,
    place: number,
  ): LateRequest {
    const handover = proven === null ? null : (state.versions[proven]?.secret ?? null);
    const { seen, marks } = state.nodes[place] as NodeState;
    const told = seen[device] ?? null;
    const replaces = phase !== 'stage' || told === 'has-staged' ? null : told;
    const kind = phase as LateRequest['kind'];
    const isOutdated = guards.rightPinOutdatesRequests && kind !== 'release' && !isCurrent(marks[device]);
    return { kind, device, version: version as number, vouched, handover, replaces, isOutdated };
  }

  function* lateArrivals(state: StagingState): Steps {
    for (const [place, node] of state.nodes.entries())
      for (const [index, request] of node.late.entries()) {
        const late = node.late.filter((_, at) => at !== index);
        const words = `late ${request.kind} of device ${request.device}`;
        const { node: after } = handle(guards, state.versions, { ...node, late }, request);
        const reached = { ...state, nodes: replaceAt(state.nodes, place, after) };
        yield {
          label: `${words} reaches node ${place}`,
          state: after.staged === node.staged ? reached : overtaking(reached),
        };
        const dropped = replaceAt(state.nodes, place, { ...node, late });
        yield { label: `${words} never arrives`, state: { ...state, nodes: dropped } };
      }
  }

  /** Somebody whom the server gives tokens, but who knows no PIN; t-1 nodes lie for him. */
  function* strangerSteps(state: StagingState): Steps {
    if (!bounds.stranger) return;
    const stranger = 2;
    const own = state.versions.findIndex(({ pin }) => pin === strangersPin);
    for (const [place, node] of state.nodes.entries()) {
      if (node.dead || node.committed === null) continue;
      const known = own === -1 ? state.versions.length : own;
      const record = { pin: strangersPin, secret: strangersPin, told: true };
      const versions = own === -1 ? [...state.versions, record] : state.versions;
      const vouched = !guards.vouchersOfThreshold;
      const { committed, staged } = node;
      const replaces = { committed, staged };
      const request: LateRequest = {
        kind: 'stage',
        device: stranger,
        version: known,
        vouched,
        handover: null,
        replaces,
        isOutdated: false,
      };
      const free = { ...node, staged: known };
      const after = guards.overwriteNeedsPin ? handle(guards, versions, node, request).node : free;
      if (after !== node)
        yield {
          label: `a stranger stages at node ${place}`,
          state: { ...state, versions, nodes: replaceAt(state.nodes, place, after) },
        };
      const mayCommit = node.staged === own ? guards.vouchersOfThreshold === false : !guards.commitNeedsTag;
      if (node.staged !== null && (mayCommit || (node.staged === own && !guards.overwriteNeedsPin))) {
        const replaced = { ...node, committed: node.staged, staged: null };
        yield {
          label: `a stranger commits at node ${place}`,
          state: { ...state, nodes: replaceAt(state.nodes, place, replaced) },
        };
      }
    }
  }

  function* tenMinutesPass(state: StagingState): Steps {
    const isIdle = state.devices.every(({ phase }) => phase === 'idle');
    if (!isIdle || state.nodes.every(({ rights }) => rights === 0)) return;
    const nodes = state.nodes.map((node) => ({ ...node, rights: 0 }));
    yield { label: 'ten minutes pass', state: { ...state, nodes } };
  }

  return {
    initial: initialState(bounds),
    *steps(state) {
      const all = [answers, starts, lateArrivals, strangerSteps, tenMinutesPass];
      for (const some of all)
        for (const { label, state: next } of some(state)) yield { label, state: withoutDeadVersions(next) };
    },
    key: stateKey,
    broken: (state) => brokenRule(state, threshold, guards),
  };
}

/** An operation whose record still spreads is not over, whatever was said to be done since: the next entry ends it. */
function overtaking(state: StagingState): StagingState {
  const devices = state.devices.map((device) =>
    device.phase === 'idle' ? device : { ...device, overtaken: true },
  );
  return { ...state, devices, done: null };
}

function initialState({
  nodes,
  dead,
  story,
  devices,
  changes,
  entries,
  records,
  late,
}: StagingBounds): StagingState {
  const isSet = story !== 'set';
  return {
    nodes: Array.from({ length: nodes }, (_, place) => ({
      dead: place < dead,
      committed: isSet ? 0 : null,
      staged: null,
      rights: 0,
      tasks: Array.from({ length: devices }, () => 'none' as const),
      seen: Array.from({ length: devices }, () => null),
      marks: Array.from({ length: devices }, () => 'none' as const),
      late: [],
    })),
    devices: Array.from({ length: devices }, () => idle),
    versions: isSet ? [{ pin: 0, secret: 0, told: true }] : [],
    server: isSet
      ? { pinState: 'set', key: 0, prepared: null }
      : { pinState: 'unset', key: null, prepared: null },
    left: { changes, entries, records, late },
    done: null,
  };
}

function changed(state: StagingState, place: number, node: NodeState, at: number, ok: boolean): StagingState {
  const device = state.devices[at] as DeviceState;
  const devices = ok ? state.devices : replaceAt(state.devices, at, { ...device, undisturbed: false });
  return { ...state, nodes: replaceAt(state.nodes, place, node), devices };
}

function withTask(node: NodeState, at: number, task: 'failed' | 'ok'): NodeState {
  return { ...node, tasks: replaceAt(node.tasks, at, task) };
}

/** The owner types one of the PINs there has been a record of. */
function pinsInUse({ versions }: StagingState): readonly number[] {
  return [...new Set(versions.map(({ pin }) => pin))].filter((pin) => pin !== strangersPin);
}
