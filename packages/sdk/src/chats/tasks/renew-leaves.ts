import { isDomainError } from '@hexkey/contract';
import type { CommitChanges, GroupMember } from '@hexkey/group-crypto';
import type { Engine } from '../engine/engine.ts';
import { isOfChat, readChat } from '../state/chat-record.ts';
import type { Order } from '../state/order-record.ts';
import { ending } from './change-members.ts';
import { type Invited, inviteDevices } from './invite-devices.ts';
import { changeGroup } from './make-commit.ts';
import type { Step } from './step.ts';

/**
 * Whoever has another AIK without the word of the one before is let in again: one commit takes out the leaves that their AIK of now does not
 * vouch for and adds their devices of now, so that the conversation speaks again (docs/protocol/messaging.md section 1). Of somebody who was
 * verified only after the owner has looked at the new code; of somebody without a device to reach, later.
 */
export async function renewLeaves(engine: Engine, order: Order): Promise<Step> {
  const { crypto, book, selfId } = engine;
  return ending(engine, order, () =>
    changeGroup(engine, order, async () => {
      const chat = await readChat(book, order.chatId);
      if (chat?.standing !== 'in' || chat.kind === null) return null;
      const leaves = await crypto.members(order.chatId);
      const others = new Set(leaves.map(({ accountId }) => accountId));
      // The other of a pair without any leaf could not come in by itself.
      if (chat.peerId !== null) others.add(chat.peerId);
      others.delete(selfId);
      const changes = { add: [] as Uint8Array[], remove: [] as number[] };
      for (const accountId of others) {
        if (!isOfChat(chat, selfId, accountId)) continue;
        const next = await changesFor(
          engine,
          accountId,
          leaves.filter((leaf) => leaf.accountId === accountId),
        );
        changes.add.push(...(next?.add ?? []));
        changes.remove.push(...(next?.remove ?? []));
      }
      return changes.add.length + changes.remove.length === 0 ? null : changes;
    }),
  );
}

async function changesFor(
  engine: Engine,
  accountId: string,
  leaves: readonly GroupMember[],
): Promise<CommitChanges | null> {
  const { identity } = engine;
  const isHeldBack = async () => (await identity.known(accountId))?.standing === 'changed';
  const isIn = async () => leaves.length > 0 && (await identity.outOfLine(leaves)).length === 0;
  if ((await isIn()) || (await isHeldBack())) return null;
  const invited = await reach(engine, accountId);
  // The claim has brought their list of now: it may have changed once more, or explain everything.
  const stale = await identity.outOfLine(leaves);
  if (invited === null || (await isIn()) || (await isHeldBack())) return null;
  const staying = new Set(leaves.filter((leaf) => !stale.includes(leaf)).map(({ deviceId }) => deviceId));
  const joining = invited.keyPackages.filter(({ deviceId }) => !staying.has(deviceId));
  if (joining.length === 0 && staying.size === 0) return null;
  return {
    add: joining.map(({ keyPackage }) => keyPackage),
    remove: stale.map(({ leafIndex }) => leafIndex),
  };
}

async function reach(engine: Engine, accountId: string): Promise<Invited | null> {
  try {
    return await inviteDevices(engine, { accountId });
  } catch (error) {
    if (isDomainError(error, 'NoDeviceToReach') || isDomainError(error, 'NotAPerson')) return null;
    if (isDomainError(error, 'NotFound')) return null;
    throw error;
  }
}
