import { isDomainError, routes } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { PinProgress } from '../hexkey.ts';
import { checkPinForm } from '../pin/check-pin.ts';
import { finishCommits } from '../pin/finish-commits.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import { type Recovered, recoverSecret } from '../pin/recover-secret.ts';
import type { Survey, VersionPlaces } from '../pin/survey-nodes.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';
import { openNodes } from './open-nodes.ts';

export interface PinEntry {
  readonly pin: Secret<string>;
  /** What the log calls the operation: letters only. */
  readonly operation: string;
  readonly onProgress: (progress: PinProgress) => void;
}

/**
 * Proves the PIN of an account whose PIN is set.
 * @throws {DomainError} `WrongPin`, `PinLocked`, `NodesUnavailable`, `NodeSetMismatch`, `PinRecordMissing`, `InvalidField`
 */
export async function provePin(
  client: Client,
  kept: KeptAccount,
  entry: PinEntry,
): Promise<{ readonly recovered: Recovered; readonly account: KeptAccount }> {
  const { channel, account } = await openNodes(client, kept);
  const recovered = await recoverAtNodes(client, channel, account, entry);
  const { surveys, places, unlockKey } = recovered;
  client.background(finishCommits(channel, surveys, places.version, unlockKey));
  return { recovered, account };
}

/** Recovers the secret, and tells the account's log when the entry was wrong. @param choose as in `recoverSecret` */
export async function recoverAtNodes(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  { pin, operation, onProgress }: PinEntry,
  choose?: (survey: Survey) => VersionPlaces | null,
): Promise<Recovered> {
  checkPinForm(pin);
  const { deps, guesses, background } = client;
  const { pinHash, clock } = deps;
  try {
    return await recoverSecret({ channel, pinHash, guesses, clock, background }, pin, onProgress, choose);
  } catch (error) {
    if (isDomainError(error, 'WrongPin')) background(report(client, account, operation, 'wrong-pin'));
    if (isDomainError(error, 'PinLocked')) background(report(client, account, operation, 'locked'));
    throw error;
  }
}

/** Best effort: the log is told, but an entry is not worth a second failure on the screen. */
async function report(
  client: Client,
  account: KeptAccount,
  operation: string,
  outcome: 'wrong-pin' | 'locked',
): Promise<void> {
  try {
    const caller = callerOf(client, account);
    await client.api.call(routes.reportAttempt, { caller, body: { operation, outcome } });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
  }
}
