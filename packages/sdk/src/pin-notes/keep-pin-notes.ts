import { isDomainError } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { afterCheck, isCheckDue, ladderFrom } from './check-ladder.ts';
import { budgetOfRefusal } from './pin-budget.ts';
import type { PinNotes } from './pin-notes.ts';
import { withTriedPin } from './tried-pins.ts';

/**
 * After a PIN that was refused: how many attempts are left, and that these digits are wrong.
 * @param wrongFor the records that t nodes judged the digits against; empty when no answer came, or when a lock refused them unjudged
 */
export async function noteRefusedPin(
  client: Client,
  { accountId, session }: KeptAccount,
  pin: Secret<string>,
  wrongFor: readonly Uint8Array[],
  error: unknown,
): Promise<void> {
  const { clock, engine } = client.deps;
  const budget = budgetOfRefusal(error, clock.now());
  if (budget === null && wrongFor.length === 0) return;
  const kept = await notesOf(client, accountId);
  let tried = kept?.tried ?? null;
  for (const version of wrongFor) tried = await withTriedPin(engine, tried, { accountId, pin }, version);
  await change(client, accountId, (notes) => ({
    ...notes,
    tried,
    budget: budget === null ? notes.budget : { ...budget, sessionId: session.sessionId },
  }));
}

/**
 * After the right PIN: what was tried before is forgotten, this device has its whole budget again, and its checks have begun.
 * @param attempts what a proven device may get wrong, as the node set says
 */
export async function noteRightPin(
  client: Client,
  { accountId, session }: KeptAccount,
  attempts: number,
): Promise<void> {
  const nowMs = client.deps.clock.now();
  await change(client, accountId, ({ ladder }) => ({
    ladder: ladder ?? ladderFrom(nowMs),
    budget: { attemptsLeft: attempts, retryAtMs: null, saidAtMs: nowMs, sessionId: session.sessionId },
    tried: null,
  }));
}

/** After a check that was passed: the next one is twice as far away, if this one was due. */
export async function noteCheckPassed(client: Client, accountId: string): Promise<void> {
  const nowMs = client.deps.clock.now();
  await change(client, accountId, (notes) =>
    isCheckDue(notes.ladder, nowMs) ? { ...notes, ladder: afterCheck(notes.ladder, nowMs) } : notes,
  );
}

/** After the PIN was set or changed: the new one is rehearsed from ten minutes on. */
export async function noteNewPin(client: Client, accountId: string): Promise<void> {
  const ladder = ladderFrom(client.deps.clock.now());
  await change(client, accountId, (notes) => ({ ...notes, ladder, tried: null }));
}

/** Notes are an aid: a store that refuses them must not turn a PIN's verdict into another failure. */
async function change(client: Client, accountId: string, next: (notes: PinNotes) => PinNotes): Promise<void> {
  try {
    await client.deps.vault.changePinNotes(accountId, next);
  } catch (error) {
    if (!isDomainError(error, 'StorageUnavailable')) throw error;
  }
}

async function notesOf(client: Client, accountId: string): Promise<PinNotes | null> {
  try {
    return await client.deps.vault.pinNotes(accountId);
  } catch (error) {
    if (isDomainError(error, 'StorageUnavailable')) return null;
    throw error;
  }
}
