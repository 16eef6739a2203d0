import {
  type Caller,
  emptyThrottle,
  type GuessLimits,
  lockedUntil,
  recordRightPin,
  spendGuess,
  type ThrottleState,
} from '@hexkey/protocol';
import type { Model, Step } from '../explore.ts';
import type { Guards } from '../guards.ts';

interface EntriesNode {
  readonly throttle: ThrottleState;
  /** Ghost: entries that reached it since its last right PIN; what a fair node may have counted. */
  readonly entries: number;
  /** It evaluated the entry that is open, and waits to hear whether that was right. */
  readonly hasEvaluated: boolean;
}

interface EntriesState {
  readonly nodes: readonly EntriesNode[];
  /** The entry that is being typed or tried again. */
  readonly open: { readonly right: boolean; readonly request: number } | null;
  readonly requests: number;
  readonly entriesLeft: number;
  /** The last entry was right, every node answered, and each was told. */
  readonly allTold: boolean;
}

export interface OwnerEntries {
  readonly nodes: number;
  readonly threshold: number;
  readonly attempts: number;
  readonly entries: number;
}

const windowMs = 24 * 3_600_000;
const nowMs = windowMs;
const owner: Caller = { id: 'owner', enrollable: true, hasWords: false };

/**
 * The owner types right and wrong PINs while requests and answers get lost at any nodes, and tries again within the minute. Right PINs must
 * open locks, and a network that fails must cost nothing. One window, the real throttle at each node.
 */
export function ownerEntries(
  { nodes: count, threshold, attempts, entries }: OwnerEntries,
  guards: Guards,
): Model<EntriesState> {
  const allowance = { attempts, windowMs };
  const limits: GuessLimits = { provenDevice: allowance, words: allowance, newDevice: allowance };
  const fresh = recordRightPin(emptyThrottle, owner, 0);
  const isLocked = ({ throttle }: EntriesNode) => lockedUntil(throttle, owner) !== null;

  function guessAt(node: EntriesNode, request: number): EntriesNode {
    // A gate before Recover2 keeps the locked node out of the whole exchange.
    if (!guards.refuseAtRecover2 && isLocked(node)) return node;
    const name = guards.sameRequestIsSameGuess ? `${request}` : `${request}.${node.throttle.guesses.length}`;
    const spend = spendGuess(node.throttle, limits, { caller: owner, request: name, nowMs });
    const isNew = !node.throttle.guesses.some((spent) => spent.request.split('.')[0] === `${request}`);
    const told = { ...node, entries: node.entries + Number(isNew), hasEvaluated: true };
    return spend.verdict === 'granted' ? { ...told, throttle: spend.state } : told;
  }

  function released(node: EntriesNode): EntriesNode {
    return { throttle: recordRightPin(node.throttle, owner, nowMs), entries: 0, hasEvaluated: false };
  }

  function* tryEntry(state: EntriesState, right: boolean, request: number): Iterable<Step<EntriesState>> {
    const others = { requests: Math.max(state.requests, request + 1), allTold: false };
    for (const reached of anyOf(count)) {
      const nodes = state.nodes.map((node, at) => (reached[at] ? guessAt(node, request) : node));
      const label = `a ${right ? 'right' : 'wrong'} PIN reaches ${namesOf(reached)}`;
      yield { label, state: { ...state, ...others, nodes, open: { right, request } } };
    }
  }

  function* tellRight(state: EntriesState): Iterable<Step<EntriesState>> {
    const { nodes } = state;
    // Whoever was locked refused; t others make the verdict.
    const granted = nodes.filter(
      ({ throttle, hasEvaluated }) =>
        hasEvaluated &&
        throttle.guesses.some((spent) => spent.request.split('.')[0] === `${state.open?.request}`),
    );
    if (granted.length < threshold) return;
    for (const told of anyOf(count)) {
      if (told.some((is, at) => is && nodes[at]?.hasEvaluated === false)) continue;
      const after = nodes.map((node, at) => (told[at] ? released(node) : { ...node, hasEvaluated: false }));
      yield {
        label: `the right PIN is shown to ${namesOf(told)}`,
        state: { ...state, nodes: after, open: null, allTold: everyoneAnswers(nodes, told) },
      };
    }
  }

  /** Every node that is up to it took part: a locked one too, unless the gate kept it out. */
  function everyoneAnswers(nodes: readonly EntriesNode[], told: readonly boolean[]): boolean {
    return nodes.every((node, at) => told[at] || (!guards.refuseAtRecover2 && isLocked(node)));
  }

  return {
    initial: {
      nodes: Array.from({ length: count }, () => ({ throttle: fresh, entries: 0, hasEvaluated: false })),
      open: null,
      requests: 0,
      entriesLeft: entries,
      allTold: false,
    },
    *steps(state) {
      const { open, entriesLeft, requests } = state;
      if (open?.right === true) yield* tellRight(state);
      if (entriesLeft === 0) return;
      const spent = { ...state, entriesLeft: entriesLeft - 1 };
      if (open !== null) yield* tryEntry(spent, open.right, open.request);
      const closed = {
        ...spent,
        open: null,
        nodes: state.nodes.map((node) => ({ ...node, hasEvaluated: false })),
      };
      yield* tryEntry(closed, false, requests);
      yield* tryEntry(closed, true, requests);
    },
    key({ nodes, open, entriesLeft, allTold }) {
      const each = nodes.map(({ throttle, entries: told, hasEvaluated }) => {
        const ofOpen = throttle.guesses.filter(({ request }) => request.split('.')[0] === `${open?.request}`);
        return `${throttle.guesses.length}.${ofOpen.length}.${throttle.locks.length}.${told}.${Number(hasEvaluated)}`;
      });
      return `${each.sort().join()}|${open === null ? '' : Number(open.right)}|${entriesLeft}|${Number(allTold)}`;
    },
    broken({ nodes, allTold }) {
      if (allTold && nodes.some(isLocked)) return 'the right PIN opens every lock of its device';
      if (nodes.some(({ throttle, entries: told }) => throttle.guesses.length > told))
        return 'an entry that is tried again costs one guess';
      return null;
    },
  };
}

function* anyOf(count: number): Iterable<readonly boolean[]> {
  for (let bits = 0; bits < 2 ** count; bits += 1)
    yield Array.from({ length: count }, (_, at) => (bits & (1 << at)) !== 0);
}

function namesOf(nodes: readonly boolean[]): string {
  const names = nodes.flatMap((is, at) => (is ? [at] : []));
  return names.length === 0 ? 'no node' : `nodes ${names.join(', ')}`;
}
