import { DomainError } from '@hexkey/contract';
import { compareSafetyCode, type SafetySide, safetyCode, safetyNumber } from '@hexkey/protocol';
import type { SafetyNumber } from '../chats.ts';
import { personOf } from '../view/show-messages.ts';
import { chatOf, type Desk, onlookerOf } from './desk.ts';
import { whoChanged } from './read-chats.ts';

/** @throws {DomainError} `NotFound` (person) before both sides have an identity */
export async function readSafetyNumber(desk: Desk, chatId: string): Promise<SafetyNumber> {
  const { own, peer } = await sidesOf(desk, chatId);
  return {
    peer: personOf(await onlookerOf(desk), peer.accountId),
    digits: safetyNumber(own, peer),
    code: safetyCode(own, peer),
    state: peer.standing,
  };
}

/** @returns whether the other side's code is of this conversation; then they are verified */
export async function compareCode(desk: Desk, chatId: string, code: string): Promise<boolean> {
  const { own, peer } = await sidesOf(desk, chatId);
  if (compareSafetyCode(code, own, peer) !== 'same') return false;
  return setStanding(desk, peer, 'verified');
}

/** @param shown the `code` of the digits that the owner compared @returns whether they are those of now; then the other side is verified */
export function confirmCode(desk: Desk, chatId: string, shown: string): Promise<boolean> {
  return answerCode(desk, chatId, shown, 'verified');
}

/** @param shown the `code` that the owner goes on with, not compared @returns whether it is that of now */
export function acceptCode(desk: Desk, chatId: string, shown: string): Promise<boolean> {
  return answerCode(desk, chatId, shown, 'unverified');
}

async function answerCode(
  desk: Desk,
  chatId: string,
  shown: string,
  standing: 'verified' | 'unverified',
): Promise<boolean> {
  const { own, peer } = await sidesOf(desk, chatId);
  if (safetyCode(own, peer) === shown) return setStanding(desk, peer, standing);
  desk.changed(chatId);
  return false;
}

async function setStanding(
  desk: Desk,
  { accountId, aik }: SafetySide,
  standing: 'verified' | 'unverified',
): Promise<boolean> {
  const isDone = await desk.identity.setStanding(accountId, standing, aik);
  // What was said to them waits in other conversations too.
  desk.changed(null);
  return isDone;
}

/** The owner, and the person the conversation is with; in a group who was verified and has another code. */
async function sidesOf(desk: Desk, chatId: string) {
  const chat = await chatOf(desk, chatId);
  const peerId = chat.kind === 'direct' ? chat.peerId : await whoChanged(desk, chat);
  const own = await desk.identity.known(desk.selfId);
  const peer = peerId === null ? null : await desk.identity.known(peerId);
  if (own === null || peer === null) throw new DomainError('NotFound', { what: 'person' });
  return { own, peer };
}
