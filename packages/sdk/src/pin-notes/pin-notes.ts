import type { CheckLadder } from './check-ladder.ts';
import type { KeptBudget } from './pin-budget.ts';
import type { TriedPins } from './tried-pins.ts';

/**
 * What this device remembers about PIN entries of one account. Nothing in it says what the PIN is, and nothing decides whether one is
 * right: the nodes do.
 */
export interface PinNotes {
  /** Null until a PIN was right here. */
  readonly ladder: CheckLadder | null;
  /** Null until the nodes have said something. */
  readonly budget: KeptBudget | null;
  /** Null when nothing is remembered. */
  readonly tried: TriedPins | null;
}

export const noPinNotes: PinNotes = { ladder: null, budget: null, tried: null };
