import { finishCommits } from '../pin/finish-commits.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import { provableVersions } from '../pin/provable-versions.ts';
import type { GuardedSecret } from '../pin/recover-guarded-secret.ts';
import { recordProven } from '../pin/stage-record.ts';
import { completeSurvey, startSurvey } from '../pin/survey-nodes.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import type { PinEntry } from './pin-entry.ts';
import { commitPin, stagePin } from './replace-pin.ts';

/**
 * Ends an interrupted PIN change with the PIN that was just proven (ADR 29): where its record is staged it is committed, and when the
 * other PIN could still be proven afterwards, a fresh record of this one takes the place of both.
 *
 * @returns the account as it is now kept
 * @throws {DomainError} `NodesUnavailable`: still interrupted, and either PIN may settle it
 */
export async function settlePin(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  recovered: GuardedSecret,
  { pin, onProgress }: PinEntry,
): Promise<KeptAccount> {
  if (!recovered.contested) {
    client.background(finishCommits(channel, recovered));
    return changeEnded(client, account);
  }
  await recovered.shown;
  const { places, secret } = recovered;
  if (places.committedAt.length < places.holders.length)
    await commitPin(client, channel, account, secret, recordProven(recovered));
  const survey = await completeSurvey(channel, startSurvey(channel));
  if (provableVersions(survey, 0)?.contested !== false) {
    const record = await stagePin(client, channel, account, { pin, secret }, onProgress);
    await commitPin(client, channel, account, secret, record);
  }
  return changeEnded(client, account);
}

/** Writes only what differs: every PIN entry passes here. */
export async function changeEnded(client: Client, account: KeptAccount): Promise<KeptAccount> {
  if (account.changingPin !== true) return account;
  const ended = { ...account, changingPin: false };
  await client.deps.vault.keepAccount(ended);
  return ended;
}
