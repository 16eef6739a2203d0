import {
  bucketOf,
  type Caller,
  emptyThrottle,
  type GuessLimits,
  recordRightPin,
  spendGuess,
  type ThrottleState,
} from '@hexkey/protocol';
import type { Model, Step } from '../explore.ts';
import type { Guards } from '../guards.ts';

/** One request inside the node, between its arrival and its answer. */
interface Handler {
  readonly guess: number;
  readonly grantedAtMs: number;
  /** What it is going to store; null once it is stored, or for a repeat, which stores nothing. */
  readonly write: ThrottleState | null;
  /** Somebody has written since it read. */
  readonly isStale: boolean;
  readonly hasEvaluated: boolean;
}

/** One node's process and disk, at every point where it can be killed. */
interface NodeState {
  readonly memory: ThrottleState;
  readonly disk: ThrottleState;
  readonly handlers: readonly Handler[];
  readonly halfWindows: number;
  /** Ghost: when each guess that was evaluated had been granted. */
  readonly evaluated: ReadonlyMap<number, number>;
}

export interface ConcurrentGuesses {
  readonly bucket: 'provenDevice' | 'newDevice';
  /** Attempts of that bucket; the attacker tries one guess more, each any number of times. */
  readonly limit: number;
  /** Requests the node works on at the same time. */
  readonly parallel: number;
  /** How far time goes, in half windows. */
  readonly halfWindows: number;
}

const windowMs = 24 * 3_600_000;
const owner: Caller = { id: 'owner', enrollable: true, hasWords: false };
const thief: Caller = { id: 'thief', enrollable: true, hasWords: false };
const strangers: readonly Caller[] = ['stranger 1', 'stranger 2'].map((id) => ({
  id,
  enrollable: true,
  hasWords: false,
}));

/**
 * Parallel guesses at one node that may be killed at any moment, on the real throttle. One node is enough for the rules about one node:
 * nodes share nothing. The new-device bucket is attacked from two device keys at once.
 */
export function concurrentGuesses(
  { bucket, limit, parallel, halfWindows }: ConcurrentGuesses,
  guards: Guards,
): Model<NodeState> {
  const allowance = { attempts: limit, windowMs };
  const limits: GuessLimits = { provenDevice: allowance, words: allowance, newDevice: allowance };
  const enrolled = [owner, ...(bucket === 'provenDevice' ? [thief] : [])];
  const fresh = enrolled.reduce((state, caller) => recordRightPin(state, caller, 0), emptyThrottle);
  const guesses = Array.from({ length: limit + 1 }, (_, guess) => guess);
  const callerOf = (guess: number) =>
    bucket === 'provenDevice' ? thief : (strangers[guess % strangers.length] as Caller);

  function decided(state: NodeState, guess: number): Handler | null {
    const nowMs = (state.halfWindows * windowMs) / 2;
    const spend = spendGuess(state.memory, limits, { caller: callerOf(guess), request: `${guess}`, nowMs });
    if (spend.verdict === 'locked') return null;
    const write = spend.verdict === 'granted' ? spend.state : null;
    return { guess, grantedAtMs: nowMs, write, isStale: false, hasEvaluated: false };
  }

  function evaluate(state: NodeState, { guess, grantedAtMs }: Handler): NodeState {
    const first = state.evaluated.get(guess) ?? grantedAtMs;
    return { ...state, evaluated: new Map(state.evaluated).set(guess, first) };
  }

  function store(state: NodeState, place: number): Step<NodeState> {
    const handler = state.handlers[place] as Handler;
    const label = `guess ${handler.guess} is stored`;
    if (handler.isStale && guards.compareAndSwap) {
      const again = decided(state, handler.guess);
      const handlers = state.handlers.flatMap((other, at) => (at === place ? (again ?? []) : other));
      return {
        label: `guess ${handler.guess} lost a race and is decided anew`,
        state: { ...state, handlers },
      };
    }
    const memory = handler.write as ThrottleState;
    const stored = { ...handler, write: null };
    const handlers = state.handlers.map((other, at) => (at === place ? stored : { ...other, isStale: true }));
    const disk = guards.durableBeforeAnswer ? memory : state.disk;
    return { label, state: { ...state, memory, disk, handlers } };
  }

  function* handle(state: NodeState, handler: Handler, place: number): Iterable<Step<NodeState>> {
    if (handler.write !== null) yield store(state, place);
    const mayEvaluate = guards.spendBeforeEvaluate ? handler.write === null : !handler.hasEvaluated;
    if (mayEvaluate) {
      const isLast = guards.spendBeforeEvaluate || handler.write === null;
      const handlers = state.handlers.flatMap((other, at) =>
        at === place ? (isLast ? [] : [{ ...handler, hasEvaluated: true }]) : [other],
      );
      const next = evaluate({ ...state, handlers }, handler);
      const onDisk = state.disk.guesses.some(({ request }) => request === `${handler.guess}`);
      const paid = handler.write === null && (onDisk || state.disk === state.memory);
      yield {
        label: `guess ${handler.guess} is evaluated and answered`,
        state: next,
        ...(!paid && { broken: 'no evaluation before a durable spend' }),
      };
    } else if (handler.hasEvaluated && handler.write === null) {
      yield { label: 'done', state: { ...state, handlers: state.handlers.filter((_, at) => at !== place) } };
    }
  }

  function ownerShowsPin(throttle: ThrottleState, nowMs: number): ThrottleState {
    const right = recordRightPin(throttle, owner, nowMs);
    return guards.rightPinClearsOwnGuesses ? right : { ...right, guesses: [], locks: [] };
  }

  return {
    initial: { memory: fresh, disk: fresh, handlers: [], halfWindows: 0, evaluated: new Map() },
    *steps(state) {
      if (state.handlers.length < parallel)
        for (const guess of guesses) {
          const handler = decided(state, guess);
          if (handler === null) continue;
          yield {
            label: `guess ${guess} arrives`,
            state: { ...state, handlers: [...state.handlers, handler] },
          };
        }
      for (const [place, handler] of state.handlers.entries()) yield* handle(state, handler, place);
      if (state.disk !== state.memory)
        yield { label: 'the disk catches up', state: { ...state, disk: state.memory } };
      yield {
        label: 'the node is killed and restarted',
        state: { ...state, handlers: [], memory: state.disk },
      };
      if (state.halfWindows < halfWindows)
        yield { label: 'half a window passes', state: { ...state, halfWindows: state.halfWindows + 1 } };
      const memory = ownerShowsPin(state.memory, nowOf(state));
      const handlers = state.handlers.map((handler) => ({ ...handler, isStale: true }));
      yield { label: 'the owner shows the right PIN', state: { ...state, memory, disk: memory, handlers } };
    },
    key({ memory, disk, handlers, halfWindows: at, evaluated }) {
      // Guesses of one caller are alike: each is named by what became of it, not by its number.
      const fates = guesses.map((guess) => {
        const inside = handlers
          .filter((handler) => handler.guess === guess)
          .map((handler) => `${handler.grantedAtMs}${stageOf(handler)}`);
        const spent = [memory, disk].map((throttle) => spentAt(throttle, guess));
        return `${callerOf(guess).id.at(-1)}${spent.join('/')}e${evaluated.get(guess) ?? ''}h${inside.sort().join()}`;
      });
      return `${at}|${locksKey(memory)}|${disk === memory ? '' : locksKey(disk)}|${fates.sort().join(' ')}`;
    },
    broken({ memory, evaluated }) {
      const bad = [...evaluated.values()].find(
        (startMs) =>
          [...evaluated.values()].filter((atMs) => atMs >= startMs && atMs < startMs + windowMs).length >
          limit,
      );
      if (bad !== undefined) return 'at most the limit of guesses in a window at one node';
      if (guesses.some((guess) => bucketOf(memory, callerOf(guess)) !== bucket))
        return 'a guess counts in its own bucket';
      return null;
    },
  };

  function nowOf(state: NodeState): number {
    return (state.halfWindows * windowMs) / 2;
  }
}

/** A write that is not stale follows from the memory, and a stale one is decided anew. */
function stageOf({ write, isStale, hasEvaluated }: Handler): string {
  return `${write === null ? 'stored' : isStale ? 'stale' : 'fresh'}${hasEvaluated ? '+' : ''}`;
}

function spentAt({ guesses }: ThrottleState, guess: number): string {
  return guesses.flatMap(({ request, atMs }) => (request === `${guess}` ? [atMs] : [])).join();
}

function locksKey({ locks }: ThrottleState): string {
  return locks.map(({ caller, untilMs }) => `${caller ?? ''}${untilMs}`).join();
}
