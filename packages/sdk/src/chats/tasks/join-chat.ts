import { isDomainError, routes } from '@hexkey/contract';
import { GroupCryptoRefusal, type PendingCommit } from '@hexkey/group-crypto';
import { readGroupInfo } from '@hexkey/group-crypto/inspect';
import { fromBase64url, verifyCredential } from '@hexkey/protocol';
import type { Engine } from '../engine/engine.ts';
import { amendChat, type Standing } from '../state/chat-record.ts';
import { endOrder, type Order } from '../state/order-record.ts';
import { makeCommit } from './make-commit.ts';
import type { Step } from './step.ts';

/**
 * This device takes its place in a conversation of its account by an external commit (RFC 9420 section 12.4.3.2), and takes the leaf of an
 * ended device of the same account out with it. What was said before stays unread here.
 */
export async function joinChat(engine: Engine, order: Order): Promise<Step> {
  const { chatId } = order;
  let refused: Refused | null = null;
  try {
    const step = await makeCommit(engine, order, async () => {
      const prepared = await prepare(engine, chatId);
      refused = typeof prepared === 'string' ? prepared : null;
      return typeof prepared === 'string' ? null : prepared;
    });
    return step === 'done' ? end(engine, order, refused) : step;
  } catch (error) {
    if (isDomainError(error, 'NotAMember')) return end(engine, order, 'removed');
    throw error;
  }
}

/** Why this device does not come in by itself. */
type Refused = Extract<Standing, 'removed' | 'awaiting-readd' | 'unchecked'>;

async function prepare(engine: Engine, chatId: string): Promise<PendingCommit | Refused> {
  const { client, caller, crypto, identity } = engine;
  try {
    const answer = await client.api.call(routes.getGroupInfo, { caller, query: { groupId: chatId } });
    const groupInfo = fromBase64url(answer.groupInfo);
    if (readGroupInfo(groupInfo) === null) return 'unchecked';
    const own = ownLeaves(engine, groupInfo);
    // Everybody there would refuse the commit and be left behind.
    if (own.length === 0 || (await identity.outOfLine(own)).length > 0) return 'awaiting-readd';
    return await crypto.joinExternally(chatId, groupInfo, await staleLeaf(engine, own));
  } catch (error) {
    if (isDomainError(error, 'NotAMember') || isDomainError(error, 'NotFound')) return 'removed';
    if (error instanceof GroupCryptoRefusal && error.reason !== 'commit-pending') return 'unchecked';
    throw error;
  }
}

interface OwnLeaf {
  readonly accountId: string;
  readonly deviceId: string;
  readonly leafIndex: number;
  readonly identity: Uint8Array;
}

function ownLeaves({ selfId }: Engine, groupInfo: Uint8Array): readonly OwnLeaf[] {
  return (readGroupInfo(groupInfo)?.members ?? []).flatMap(({ leafIndex, identity, signatureKey }) => {
    const credential = verifyCredential(identity, signatureKey);
    if (credential?.accountId !== selfId) return [];
    return [{ accountId: selfId, deviceId: credential.deviceId, leafIndex, identity }];
  });
}

/** The leaf of an own device that is no more; undefined leaves it to `GroupCrypto`, which takes out one of this very device. */
async function staleLeaf(
  { identity, selfId, deviceId }: Engine,
  own: readonly OwnLeaf[],
): Promise<number | undefined> {
  const listed = new Set((await identity.known(selfId))?.devices.map((device) => device.deviceId));
  if (own.some((leaf) => leaf.deviceId === deviceId)) return undefined;
  return own.find((leaf) => !listed.has(leaf.deviceId))?.leafIndex;
}

async function end({ book, changed }: Engine, order: Order, refused: Refused | null): Promise<Step> {
  await book.change(async (rows) => {
    // What this device is in is for the commit to say, when it is back.
    if (refused !== null) await amendChat(rows, order.chatId, () => ({ standing: refused }));
    endOrder(rows, order, { done: true, chatId: order.chatId });
  });
  changed(order.chatId);
  return 'done';
}
