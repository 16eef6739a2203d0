import { isDomainError, routes } from '@hexkey/contract';
import type { CommitChanges, PendingCommit } from '@hexkey/group-crypto';
import { toBase64url } from '@hexkey/protocol';
import type { Engine } from '../engine/engine.ts';
import type { Order } from '../state/order-record.ts';
import type { Step } from './step.ts';

/** A commit as the contract has it. */
export const commitParts = ({ commit, welcome, groupInfo }: PendingCommit) => ({
  commit: toBase64url(commit),
  welcome: welcome === null ? null : toBase64url(welcome),
  groupInfo: toBase64url(groupInfo),
});

/** The order whose commit waits in `GroupCrypto`: it stays there until its envelope is back, which may be after the order's end. */
const committerKey = (chatId: string) => `committing/${chatId}`;

/**
 * Has a group changed by a commit: kept before it goes out, sent again after an unknown result, dropped when somebody was faster, and
 * taken into account when it comes back in its turn.
 * @param prepare looks at the group as it is now and makes the commit; null when there is nothing (any more) to change
 * @returns 'done' once the server has taken it, or there is nothing to change
 */
export async function makeCommit(
  engine: Engine,
  { chatId, id }: Order,
  prepare: () => Promise<PendingCommit | null>,
): Promise<Step> {
  const { crypto, client, caller, book } = engine;
  const waiting = await crypto.pendingCommit(chatId);
  if (waiting !== null && (await book.get<string>(committerKey(chatId))) !== id) return 'wait';
  if (waiting === null) await book.change(async (rows) => rows.put(committerKey(chatId), id));
  const commit = waiting ?? (await prepare());
  if (commit === null) return 'done';
  try {
    const body = { groupId: chatId, clientMessageId: id, epoch: commit.epoch, ...commitParts(commit) };
    await client.api.call(routes.commitToGroup, { caller, body });
    return 'done';
  } catch (error) {
    if (isDomainError(error, 'Offline') || isDomainError(error, 'Unavailable')) throw error;
    await crypto.abandonCommit(chatId);
    if (!isDomainError(error, 'StaleEpoch')) throw error;
    // An external commit is made from the server's newest state; any other from what has reached this device.
    const isCaughtUp = commit.external || (await crypto.epoch(chatId)) === error.details.epoch;
    return isCaughtUp ? 'again' : 'wait';
  }
}

/** The same for a member of the group. @param plan null when there is nothing (any more) to change */
export async function changeGroup(
  engine: Engine,
  order: Order,
  plan: () => Promise<CommitChanges | null>,
): Promise<Step> {
  const { crypto } = engine;
  if ((await crypto.epoch(order.chatId)) === null) return 'wait';
  return makeCommit(engine, order, async () => {
    const changes = await plan();
    return changes === null ? null : crypto.prepareCommit(order.chatId, changes);
  });
}
