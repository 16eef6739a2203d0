import type { Stores } from '../database/stores.ts';

/** Somebody who wants to write to somebody, or to have them in a group. */
export interface Approach {
  readonly senderId: string;
  readonly receiverId: string;
  readonly purpose: 'message' | 'group';
}

/**
 * Whether each receiver lets the sender through: those they block never, others as they have chosen ("Who can send messages to me", "Who
 * can add me to groups"). The one place that judges this, asked at a claim of key packages, at a commit's adds and at each 1:1 send. For many
 * at once, in one statement whatever the answers are: who is refused must not see it in the time it takes.
 * @returns in the order of the approaches
 */
export async function mayReach(
  stores: Pick<Stores, 'privacy'>,
  approaches: readonly Approach[],
): Promise<boolean[]> {
  const relations = await stores.privacy.relations(approaches);
  return approaches.map(({ senderId, receiverId, purpose }) => {
    const relation = relations.get(`${receiverId} ${senderId}`);
    // One's own other devices.
    if (relation === undefined || senderId === receiverId) return senderId === receiverId;
    if (relation.isBlocked) return false;
    const { messages_from, groups_from } = relation.settings;
    return relation.isContact || (purpose === 'message' ? messages_from : groups_from) === 'everybody';
  });
}
