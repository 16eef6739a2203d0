import { DomainError, isDomainError } from '@hexkey/contract';
import type { Place } from '../hexkey.ts';
import { firstSetStand } from '../pin/first-set-stand.ts';
import { completeSurvey, startSurvey } from '../pin/survey-nodes.ts';
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
