import { DomainError, isDomainError } from '@hexkey/contract';
import { firstSetStand } from '../pin/first-set-stand.ts';
import { completeSurvey, startSurvey } from '../pin/survey-nodes.ts';
import type { Place } from '../place.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { openNodes } from './open-nodes.ts';

/** Where a session stands. Asks the nodes only when a first PIN may have been interrupted. */
export async function findPlace(client: Client, account: KeptAccount): Promise<Place> {
  const { session } = account;
  if (session.pinState === 'set') return placeOfSet(account);
  return { at: 'set-pin', session, interrupted: await wasInterrupted(client, account) };
}

/** @param account whose PIN is set */
export function placeOfSet({ session, changingPin = false }: KeptAccount): Place {
  return session.state === 'full'
    ? { at: 'home', session, changeInterrupted: changingPin }
    : { at: 'enter-pin', session };
}

/**
 * Where another page left the account, without asking anybody: `shown` itself when that is where this page stands.
 * @param kept null when no account is current any more
 */
export function placeOfKept(kept: KeptAccount | null, shown: Place): Place {
  if (kept === null) return shown.at === 'signed-out' ? shown : { at: 'signed-out' };
  const { session } = kept;
  if (session.pinState !== 'set') {
    const isShown = shown.at === 'set-pin' && shown.session.sessionId === session.sessionId;
    return isShown ? shown : { at: 'set-pin', session, interrupted: session.pinState === 'prepared' };
  }
  const next = placeOfSet(kept);
  return isSamePlace(next, shown) ? shown : next;
}

function isSamePlace(one: Place, other: Place): boolean {
  if (one.at !== other.at || one.at === 'signed-out' || other.at === 'signed-out') return one.at === other.at;
  if (one.session.sessionId !== other.session.sessionId) return false;
  return one.at !== 'home' || other.at !== 'home' || one.changeInterrupted === other.changeInterrupted;
}

/** A new PIN that this device refused by itself: nobody was asked, and where the account stands is known as before. */
export const isRefusedUnasked = (error: unknown): boolean =>
  isDomainError(error, 'WeakPin') || isDomainError(error, 'SameAsLegacyPin');

/** Once the server was told of a PIN some nodes may have committed it, and the same digits finish it. */
export function placeAfterFailedSet(account: KeptAccount, error: unknown): Place {
  const { session } = account;
  if (session.pinState === 'set') return placeOfSet(account);
  const nothingToFinish = isDomainError(error, 'PinSetInterrupted');
  return { at: 'set-pin', session, interrupted: session.pinState === 'prepared' && !nothingToFinish };
}

/** Nothing is committed before `preparePin`. Nodes that cannot be asked count as holding the PIN: its owner is asked for it, not for a new one. */
async function wasInterrupted(client: Client, account: KeptAccount): Promise<boolean> {
  if (account.session.pinState !== 'prepared') return false;
  try {
    const { channel } = await openNodes(client, account);
    const survey = await completeSurvey(channel, startSurvey(channel));
    return firstSetStand(survey).stand === 'interrupted';
  } catch (error) {
    if (error instanceof DomainError && ['Offline', 'NodesUnavailable'].includes(error.name)) return true;
    throw error;
  }
}
