import { isDomainError } from '@hexkey/contract';
import type { Place } from '../place.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { findPlace } from './find-place.ts';
import { refreshSession } from './refresh-session.ts';
import { finishRegistration } from './register-with-words.ts';

/**
 * Where this device was left: its session as the server knows it now, or as it was last seen when there is no network. A registration
 * whose answer never came is asked again.
 */
export async function startHere(client: Client): Promise<Place> {
  const account = await currentOrRegistered(client);
  if (account === null) return { at: 'signed-out' };
  return findPlace(client, await refreshedIfOnline(client, account));
}

async function currentOrRegistered(client: Client): Promise<KeptAccount | null> {
  const { vault } = client.deps;
  const account = await vault.currentAccount();
  if (account !== null) return account;
  const registration = await vault.registration();
  if (registration === null) return null;
  try {
    return await finishRegistration(client, registration);
  } catch (error) {
    // What is kept stays, and the next start asks again.
    if (isDomainError(error, 'Offline')) return null;
    throw error;
  }
}

async function refreshedIfOnline(client: Client, account: KeptAccount): Promise<KeptAccount> {
  try {
    return await refreshSession(client, account);
  } catch (error) {
    if (isDomainError(error, 'Offline')) return account;
    throw error;
  }
}
