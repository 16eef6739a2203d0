import { DomainError } from '@hexkey/contract';
import { equalBytes, type PinSecret } from '@hexkey/protocol';
import { finishCommits } from '../pin/finish-commits.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import { provableVersions } from '../pin/provable-versions.ts';
import type { GuardedSecret } from '../pin/recover-guarded-secret.ts';
import { recordProven } from '../pin/stage-record.ts';
import { completeSurvey, type Survey, startSurvey } from '../pin/survey-nodes.ts';
import { noteNewPin } from '../pin-notes/keep-pin-notes.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { canReachEntropy, sealOpenedBy } from './kept-entropy.ts';
import { activateIfPrepared } from './new-secret.ts';
import type { PinEntry } from './pin-entry.ts';
import { repairNodes } from './repair-nodes.ts';
import { commitPin, stagePin } from './replace-pin.ts';

/**
 * Ends an interrupted PIN change with the PIN that was just proven (ADR 29): where its record is staged it is committed, and when the
 * other PIN could still be proven afterwards, or a node has missed this one, a fresh record of it takes the place of both. A secret that was to follow is the
 * account's from then on, when it is the one that was proven. Without a change to end, nodes that missed this PIN are given it.
 *
 * @param isNewLogin this device may not know that a secret is prepared
 * @returns the account as it is now kept
 * @throws {DomainError} `NodesUnavailable`: still interrupted, and either PIN may settle it; `SecretReplaced` on a device that cannot reach
 * the words with this PIN, while another one can
 */
export async function settlePin(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  recovered: GuardedSecret,
  { pin, onProgress }: Pick<PinEntry, 'pin' | 'onProgress'>,
  isNewLogin = false,
): Promise<KeptAccount> {
  const { places, secret } = recovered;
  if (!canReachEntropy(account, secret)) throw new DomainError('SecretReplaced', {});
  if (!recovered.contested) {
    const isOpen = account.changingPin === true || sealOpenedBy(account, secret) === null;
    if (isNewLogin || isOpen) await activateIfPrepared(client, account, secret);
    if (!(await repairNodes(client, channel, account, recovered, pin)))
      client.background(finishCommits(channel, recovered));
    return changeEnded(client, account, secret);
  }
  await recovered.shown;
  if (places.committedAt.length < places.holders.length)
    await commitPin(client, channel, account, secret, recordProven(recovered), 'change');
  // Committed at t nodes: no other PIN can be proven any more, so no other secret is needed.
  await activateIfPrepared(client, account, secret);
  const survey = await completeSurvey(channel, startSurvey(channel));
  if (provableVersions(survey, 0)?.contested !== false || isMissedIn(survey, places.version)) {
    const record = await stagePin(client, channel, account, { pin, secret }, survey.held, onProgress);
    await commitPin(client, channel, account, secret, record, 'repair');
  }
  return changeEnded(client, account, secret);
}

/** Whether a node that answers has not got the record: it was away when the change was staged. */
function isMissedIn({ held }: Survey, version: Uint8Array): boolean {
  return [...held.values()].some((versions) => !versions.some((item) => equalBytes(item.version, version)));
}

/**
 * Writes only what differs: every PIN entry passes here.
 * @param secret of the PIN that is the account's now; seals under another one go
 */
export async function changeEnded(
  client: Client,
  account: KeptAccount,
  secret: PinSecret,
): Promise<KeptAccount> {
  if (account.changingPin !== true) return account;
  const sealed = sealOpenedBy(account, secret);
  const entropy = sealed === null ? account.entropy : { under: 'pin' as const, sealed };
  const ended = { ...account, entropy, changingPin: false };
  await client.deps.vault.keepAccount(ended);
  await noteNewPin(client, account.accountId);
  await client.deps.vault.changeWalletBook(account.accountId, (book) => ({ ...book, pay: null }));
  return ended;
}
