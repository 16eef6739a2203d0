import {
  type Caller,
  emptyThrottle,
  type GuessLimits,
  recordRightPin,
  spendGuess,
  type ThrottleState,
} from '@hexkey/protocol';
import type { Model, Step } from '../explore.ts';

interface SpreadState {
  /** One throttle a node. */
  readonly nodes: readonly ThrottleState[];
  /** Guesses that t nodes have evaluated: so many PINs the attacker knows to be wrong. */
  readonly completed: number;
}

const windowMs = 24 * 3_600_000;
const nowMs = windowMs;
const thief: Caller = { id: 'thief', enrollable: true, hasWords: false };

/**
 * A thief with the owner's logged-in phone who spreads guesses over the nodes as cleverly as can be: each guess goes to any t of the nodes
 * that still answer. The real throttle at each node; all inside one window.
 *
 * @param attempts of a proven device, q
 */
export function spreadGuesses(nodes: number, threshold: number, attempts: number): Model<SpreadState> {
  const allowance = { attempts, windowMs };
  const limits: GuessLimits = { provenDevice: allowance, words: allowance, newDevice: allowance };
  const fresh = recordRightPin(emptyThrottle, thief, 0);
  const most = Math.floor((nodes * attempts) / threshold);

  const evaluatedAt = (places: readonly number[], state: SpreadState): SpreadState | null => {
    const next = [...state.nodes];
    for (const place of places) {
      const request = `guess ${state.completed}`;
      const spend = spendGuess(state.nodes[place] as ThrottleState, limits, {
        caller: thief,
        request,
        nowMs,
      });
      if (spend.verdict !== 'granted') return null;
      next[place] = spend.state;
    }
    return { nodes: next, completed: state.completed + 1 };
  };

  return {
    initial: { nodes: Array.from({ length: nodes }, () => fresh), completed: 0 },
    *steps(state): Iterable<Step<SpreadState>> {
      for (const places of subsets(nodes, threshold)) {
        const next = evaluatedAt(places, state);
        if (next !== null) yield { label: `a guess at nodes ${places.join(', ')}`, state: next };
      }
    },
    key: (state) =>
      `${state.completed}:${state.nodes.map(({ guesses, locks }) => `${guesses.length}${locks.length}`).sort()}`,
    broken({ completed }) {
      return completed > most ? `at most floor(nq/t) = ${most} guesses over all nodes` : null;
    },
  };
}

/** Every set of `size` places out of `count`. */
export function* subsets(count: number, size: number, from = 0): Iterable<readonly number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let place = from; place <= count - size; place += 1)
    for (const rest of subsets(count, size - 1, place + 1)) yield [place, ...rest];
}
