import type { Envelope, Received } from '../group-crypto.ts';
import type { HeldGroup } from '../state/held-group.ts';
import type { GroupChange } from '../store/group-store.ts';

type Result = Received extends infer R
  ? R extends Received
    ? Omit<R, 'envelopeId' | 'groupId'>
    : never
  : never;
export type TakenResult = Exclude<Result, { kind: 'future' | 'known' }>;

/** What an envelope leads to, before any of it is written. */
export type Outcome = Taken | { readonly kind: 'future'; readonly epoch: number };

export interface Taken {
  readonly kind: 'taken';
  readonly result: TakenResult;
  readonly changes: readonly GroupChange[];
  /** The group afterwards; undefined: as it was. */
  readonly after?: HeldGroup;
}

export const poison = (reason: string, changes: readonly GroupChange[] = []): Taken => ({
  kind: 'taken',
  result: { kind: 'poison', reason },
  changes,
});

export function receivedOf({ envelopeId, groupId }: Envelope, result: Result): Received {
  return { envelopeId, groupId, ...result };
}
