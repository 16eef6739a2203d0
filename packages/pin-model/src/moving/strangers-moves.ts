import type { Step } from '../explore.ts';
import type { Guards } from '../guards.ts';
import { replaceAt } from '../staging/state.ts';
import { activate, arrive, askOld, commitAtNew, stageAtNew } from './node-rules.ts';
import { firstRecord, holdsNew, isOpen, type MovingState } from './state.ts';

const stranger = 2;

/**
 * Somebody whom the account server gives tokens, but who knows no PIN. As long as the owner has ordered nothing, t new nodes lie for him;
 * afterwards he can do what anybody can: finish it.
 */
export function strangersMoves(threshold: number, guards: Guards) {
  return function* (state: MovingState): Iterable<Step<MovingState>> {
    yield* closes(state);
    yield* arrives(state);
    yield* activates(state);
    yield* firstRecords(state);
  };

  function* closes(state: MovingState): Iterable<Step<MovingState>> {
    for (const [place, node] of state.old.entries()) {
      if (node.dead || !isOpen(node)) continue;
      const version = node.committed as number;
      const isHeld = state.arrivals.some(
        ({ left }, arrival) => left === version && countOf(state, arrival) >= threshold,
      );
      const asked = { kind: 'close', device: stranger, version, mark: 'none' } as const;
      const proof = { held: isHeld || !state.ordered, ordered: state.ordered };
      const { node: after } = askOld(guards, node, { ...asked, ...proof });
      if (after !== node)
        yield {
          label: `a stranger closes old node ${place}`,
          state: { ...state, old: replaceAt(state.old, place, after) },
        };
    }
  }

  function* arrives(state: MovingState): Iterable<Step<MovingState>> {
    if (guards.arriveNeedsVouchers) return;
    const known = state.arrivals.findIndex(({ byStranger }) => byStranger);
    const arrival = known === -1 ? state.arrivals.length : known;
    const arrivals = known === -1 ? [...state.arrivals, { left: 0, byStranger: true }] : state.arrivals;
    for (const [place, node] of state.next.entries()) {
      if (node.dead || holdsNew(node, arrival)) continue;
      const { node: after } = arrive(guards, node, arrival);
      if (after !== node)
        yield {
          label: `a stranger's record arrives at new node ${place}`,
          state: { ...state, arrivals, next: replaceAt(state.next, place, after) },
        };
    }
  }

  function* activates(state: MovingState): Iterable<Step<MovingState>> {
    for (const [arrival, { left }] of state.arrivals.entries()) {
      const closings = state.old.filter((node) =>
        guards.closingsOfOneVersion ? node.left === left : !isOpen(node),
      ).length;
      if (closings === 0) continue;
      for (const [place, node] of state.next.entries()) {
        if (node.dead) continue;
        const { node: after } = activate(guards, node, arrival, closings, threshold);
        if (after !== node)
          yield {
            label: `a stranger activates record ${arrival} at new node ${place}`,
            state: { ...state, next: replaceAt(state.next, place, after) },
          };
      }
    }
  }

  function* firstRecords(state: MovingState): Iterable<Step<MovingState>> {
    for (const [place, node] of state.next.entries()) {
      if (node.dead || node.serves !== null) continue;
      // Where nothing arrives a first PIN costs its owner nothing but the move.
      const isInTheWay = node.staged === 'first' && node.arrivals.length > 0;
      const { node: after } = isInTheWay ? commitAtNew(guards, node, firstRecord) : stageAtNew(node, false);
      if (after.staged === node.staged) continue;
      yield {
        label: `a stranger ${isInTheWay ? 'commits' : 'stages'} a first PIN at new node ${place}`,
        state: { ...state, next: replaceAt(state.next, place, after) },
      };
    }
  }

  function countOf({ next }: MovingState, arrival: number): number {
    return next.filter((node) => holdsNew(node, arrival)).length;
  }
}
