import type { Secret } from '@hexkey/protocol';
import type { PinProgress } from '@hexkey/sdk';

/** How often a new PIN is entered in all, so that it is remembered and no slip of a finger becomes a PIN. */
export const entriesInAll = 4;

export type EntryNumber = 1 | 2 | 3 | 4;
export type EntryProblem =
  | 'weak'
  | 'mismatch'
  | 'not-the-same'
  | 'nothing-to-finish'
  | 'unchanged'
  | 'legacy';

/** Where setting or changing a PIN stands. The digits live here only, in memory, and go when the flow ends. */
export type SetPinFlow =
  | {
      readonly at: 'entry';
      readonly entry: EntryNumber;
      readonly pin: Secret<string> | null;
      readonly problem: EntryProblem | null;
    }
  | { readonly at: 'question'; readonly pin: Secret<string> }
  | { readonly at: 'working'; readonly pin: Secret<string>; readonly progress: PinProgress | null }
  | { readonly at: 'failed'; readonly pin: Secret<string>; readonly error: unknown };

export type SetPinEvent =
  | { readonly type: 'entered'; readonly pin: Secret<string> }
  /** The digits are too easy to guess. */
  | { readonly type: 'refused-as-weak' }
  /** The new PIN is the old one. */
  | { readonly type: 'refused-as-unchanged' }
  /** The new PIN is the one that another system checked. */
  | { readonly type: 'refused-as-legacy' }
  /** Not asked when a PIN is changed: its owner has answered before. */
  | { readonly type: 'answered-rightly' }
  | { readonly type: 'progressed'; readonly progress: PinProgress }
  | { readonly type: 'failed'; readonly error: unknown }
  /** An interrupted set was to be finished with other digits than it was begun with. */
  | { readonly type: 'refused-as-different' }
  /** The interrupted set had left nothing behind: a PIN is to be chosen anew. */
  | { readonly type: 'nothing-to-finish' }
  | { readonly type: 'retried' };

export const startOver = (problem: EntryProblem | null): SetPinFlow => ({
  at: 'entry',
  entry: 1,
  pin: null,
  problem,
});

/** @param interrupted the PIN was chosen before: one entry finishes it, and the question was answered then */
export function advanceSetPin(flow: SetPinFlow, event: SetPinEvent, interrupted: boolean): SetPinFlow {
  switch (event.type) {
    case 'entered':
      return flow.at === 'entry' ? afterEntry(flow.entry, flow.pin, event.pin, interrupted) : flow;
    case 'refused-as-weak':
      return startOver('weak');
    case 'refused-as-unchanged':
      return startOver('unchanged');
    case 'refused-as-legacy':
      return startOver('legacy');
    case 'refused-as-different':
      return startOver('not-the-same');
    case 'nothing-to-finish':
      return startOver('nothing-to-finish');
    case 'answered-rightly':
      return flow.at === 'question' ? { at: 'working', pin: flow.pin, progress: null } : flow;
    case 'progressed':
      return flow.at === 'working' ? { ...flow, progress: event.progress } : flow;
    case 'failed':
      return flow.at === 'working' ? { at: 'failed', pin: flow.pin, error: event.error } : flow;
    case 'retried':
      return flow.at === 'failed' ? { at: 'working', pin: flow.pin, progress: null } : flow;
  }
}

function afterEntry(
  entry: EntryNumber,
  first: Secret<string> | null,
  typed: Secret<string>,
  interrupted: boolean,
): SetPinFlow {
  if (interrupted) return { at: 'working', pin: typed, progress: null };
  if (first !== null && first.reveal() !== typed.reveal()) return startOver('mismatch');
  if (entry === entriesInAll) return { at: 'question', pin: typed };
  return { at: 'entry', entry: (entry + 1) as EntryNumber, pin: first ?? typed, problem: null };
}

/**
 * Steps done of all: in some each node takes part, and counts; the wallet's are finished by one more.
 * @param order steps in the order in which they happen
 */
export function stepsDone(
  progress: PinProgress | null,
  nodeCount: number,
  order: readonly PinProgress['step'][],
): { done: number; of: number } {
  const sizes: Readonly<Record<PinProgress['step'], number>> = {
    connecting: nodeCount,
    exchanging: nodeCount,
    generating: 1,
    registering: 1,
    'making-wallet': nodeCount + 1,
  };
  const sum = (steps: readonly PinProgress['step'][]) =>
    steps.reduce((total, step) => total + sizes[step], 0);
  const before = progress === null ? 0 : sum(order.slice(0, order.indexOf(progress.step)));
  return { done: before + (progress && 'done' in progress ? progress.done : 0), of: sum(order) };
}
