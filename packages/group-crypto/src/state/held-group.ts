import type { GroupState, SecretTree } from 'ts-mls';
import type { Roster } from '../identity/roster.ts';

/** What decrypts messages of an epoch that is over; `EpochReceiverData` of ts-mls without what Hexkey does not use. */
export interface PastEpoch {
  readonly epoch: number;
  readonly receiver: EpochReceiver;
  readonly secretTree: SecretTree;
  readonly roster: Roster;
}

export type EpochReceiver = Pick<GroupState, 'ratchetTree' | 'groupContext'> & {
  readonly senderDataSecret: Uint8Array;
};

/** One group as this device has it. `state` has no history: that is `past`, newest last. */
export interface HeldGroup {
  readonly groupId: string;
  readonly state: GroupState;
  readonly roster: Roster;
  readonly past: readonly PastEpoch[];
}

export const epochOf = ({ state }: Pick<HeldGroup, 'state'>): number => Number(state.groupContext.epoch);

export const isRemoved = ({ state }: HeldGroup): boolean => state.groupActiveState.kind !== 'active';

/** The epoch that a commit ends, as it is at this moment: every message decrypted so far is taken from its secret tree. */
export function endedEpoch({ state, roster }: HeldGroup): PastEpoch {
  const { ratchetTree, groupContext, keySchedule, secretTree } = state;
  return {
    epoch: Number(groupContext.epoch),
    receiver: { ratchetTree, groupContext, senderDataSecret: keySchedule.senderDataSecret },
    secretTree,
    roster,
  };
}
