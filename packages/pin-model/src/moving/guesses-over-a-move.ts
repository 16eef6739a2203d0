import {
  type Caller,
  type CarriedThrottle,
  carriedOf,
  emptyThrottle,
  type GuessLimits,
  mergeThrottles,
  recordRightPin,
  spendGuess,
  type ThrottleState,
} from '@hexkey/protocol';
import type { Model, Step } from '../explore.ts';
import type { Guards } from '../guards.ts';
import { subsets } from '../guessing/spread-guesses.ts';
import { replaceAt } from '../staging/state.ts';

interface OldNode {
  readonly throttle: ThrottleState;
  /** What it has signed; null before. */
  readonly carried: CarriedThrottle | null;
  readonly isErased: boolean;
}

interface GuessesState {
  readonly old: readonly OldNode[];
  /** Null before it is activated. */
  readonly next: readonly (ThrottleState | null)[];
  /** Guesses that t nodes of one set have evaluated. */
  readonly completed: number;
}

export interface GuessesOverMove {
  /** Of either set. */
  readonly nodes: number;
  readonly threshold: number;
  /** Of a proven device, q. */
  readonly attempts: number;
  /** Guesses more than on one set that are let pass, to find out how many there can be. */
  readonly more?: number;
  /** Whether new nodes may be given the PIN by others, as they may unless this says otherwise. */
  readonly onWord?: boolean;
}

const windowMs = 24 * 3_600_000;
const nowMs = windowMs;
const thief: Caller = { id: 'key:thief', enrollable: true, hasWords: false };

/**
 * A thief with the owner's logged-in phone while the PIN moves: each guess goes to any t nodes of one set, old nodes close whenever they
 * like, and he chooses by which closings each new node is activated; those that are left when t serve may be given the PIN by them instead. All inside one window; the real throttle, the real merging. A move
 * refills nothing: he gets as many guesses as one set would have given him, floor(nq/t).
 */
export function guessesOverMove(bounds: GuessesOverMove, guards: Guards): Model<GuessesState> {
  const { nodes, threshold, attempts, more = 0, onWord = true } = bounds;
  const allowance = { attempts, windowMs };
  const limits: GuessLimits = { provenDevice: allowance, words: allowance, newDevice: allowance };
  const fresh = recordRightPin(emptyThrottle, thief, 0);
  const most = Math.floor((nodes * attempts) / threshold);

  function spentAt(throttles: readonly (ThrottleState | null)[], request: string): ThrottleState[] | null {
    const spent = throttles.map((throttle) =>
      throttle === null ? null : spendGuess(throttle, limits, { caller: thief, request, nowMs }),
    );
    return spent.every((spend) => spend?.verdict === 'granted') ? spent.map((spend) => spend.state) : null;
  }

  function* guesses(state: GuessesState): Iterable<Step<GuessesState>> {
    const { old, next, completed } = state;
    const request = `guess ${completed}`;
    const counted = { ...state, completed: completed + 1 };
    const grants = old.map(({ throttle, isErased }) => (isErased ? null : throttle));
    for (const places of subsets(nodes, threshold)) {
      const label = `at nodes ${places.join(', ')}`;
      const here = spentAt(
        places.map((place) => grants[place] ?? null),
        request,
      );
      if (here !== null) {
        const after = old.map((node, place) => {
          const at = places.indexOf(place);
          return at === -1 ? node : { ...node, throttle: here[at] as ThrottleState };
        });
        yield { label: `a guess ${label} of the old set`, state: { ...counted, old: after } };
      }
      const there = spentAt(
        places.map((place) => next[place] ?? null),
        request,
      );
      if (there !== null) {
        const after = next.map((throttle, place) => there[places.indexOf(place)] ?? throttle);
        yield { label: `a guess ${label} of the new set`, state: { ...counted, next: after } };
      }
    }
  }

  function* closings(state: GuessesState): Iterable<Step<GuessesState>> {
    for (const [place, node] of state.old.entries()) {
      const put = (after: OldNode) => ({
        ...state,
        old: state.old.map((one, at) => (at === place ? after : one)),
      });
      if (node.carried === null) {
        const isErased = guards.closeCountsWhatItErases && guards.closedGrantsNothing;
        const signed = { ...node, carried: carriedOf(node.throttle), isErased };
        yield { label: `old node ${place} closes`, state: put(signed) };
      } else if (!node.isErased && guards.closedGrantsNothing) {
        yield { label: `old node ${place} erases its record`, state: put({ ...node, isErased: true }) };
      }
    }
  }

  function* activations(state: GuessesState): Iterable<Step<GuessesState>> {
    const told = state.old.flatMap(({ carried }) => (carried === null ? [] : [carried]));
    if (told.length < threshold) return;
    // New nodes have no names: the first that is left.
    const place = state.next.indexOf(null);
    if (place === -1) return;
    // One that the others give the PIN was told nothing of what was spent, even if it takes the thief's device for one of the owner's.
    if (onWord && state.next.filter((throttle) => throttle !== null).length >= threshold) {
      const next = replaceAt(state.next, place, fresh);
      yield { label: `new node ${place} is given the PIN by others`, state: { ...state, next } };
    }
    for (const chosen of subsets(told.length, threshold)) {
      const start = startedFrom(chosen.map((at) => told[at] as CarriedThrottle));
      const next = state.next.map((throttle, at) => (at === place ? start : throttle));
      yield {
        label: `new node ${place} is activated by closings ${chosen.join(', ')}`,
        state: { ...state, next },
      };
    }
  }

  function startedFrom(told: readonly CarriedThrottle[]): ThrottleState {
    if (guards.carriesEveryGuess) return mergeThrottles(told, threshold, limits, nowMs);
    const [highest] = told.toSorted((left, right) => right.guesses.length - left.guesses.length);
    const counted = { ...(highest as CarriedThrottle), locks: told.flatMap(({ locks }) => locks) };
    return mergeThrottles(
      Array.from({ length: threshold }, () => counted),
      threshold,
      limits,
      nowMs,
    );
  }

  return {
    initial: {
      old: Array.from({ length: nodes }, () => ({ throttle: fresh, carried: null, isErased: false })),
      next: Array.from({ length: nodes }, () => null),
      completed: 0,
    },
    *steps(state) {
      yield* guesses(state);
      yield* closings(state);
      yield* activations(state);
    },
    key: guessesKey,
    broken({ completed }) {
      return completed > most + more ? 'at most floor(nq/t) guesses over both node sets' : null;
    },
  };
}

/** Guesses are alike but for where they were counted, and of a new node only its count is asked any more. */
function guessesKey({ old, next, completed }: GuessesState): string {
  const counted = new Map<string, string>();
  for (const [place, { throttle, carried }] of old.entries())
    for (const [at, { request }] of throttle.guesses.entries()) {
      const isTold = at < (carried?.guesses.length ?? 0);
      counted.set(request, `${counted.get(request) ?? ''}${place}${isTold ? '!' : ''}`);
    }
  const places = old.map(({ carried, isErased }) => `${carried === null ? 'o' : 'c'}${isErased ? 'x' : ''}`);
  const later = next.map((throttle) =>
    throttle === null ? '-' : `${throttle.guesses.length}.${throttle.locks.length}`,
  );
  return `${[...counted.values()].sort()}|${places}|${later.sort()}|${completed}`;
}
