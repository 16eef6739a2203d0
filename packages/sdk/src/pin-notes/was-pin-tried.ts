import { equalBytes, type Secret } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { openNodes } from '../account/open-nodes.ts';
import { checkPinForm } from '../pin/check-pin.ts';
import { provableVersions } from '../pin/provable-versions.ts';
import { completeSurvey, startSurvey } from '../pin/survey-nodes.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { versionsTried } from './tried-pins.ts';

/**
 * Whether these digits are known on this device to be wrong, without spending a guess. Asks the nodes which record they hold now only
 * when the digits were wrong for one: the PIN may have been changed to them since.
 *
 * @throws {DomainError} `InvalidField` for what is no PIN, `Offline`, `NodesUnavailable` when digits that were wrong cannot be judged now
 */
export async function wasPinTried(client: Client, kept: KeptAccount, pin: Secret<string>): Promise<boolean> {
  checkPinForm(pin);
  const { accountId } = kept;
  const { tried } = await client.deps.vault.pinNotes(accountId);
  if (tried === null) return false;
  const wrongFor = await versionsTried(client.deps.engine, tried, { accountId, pin });
  if (wrongFor.length === 0) return false;
  const { channel } = await openNodes(client, kept);
  const survey = await completeSurvey(channel, startSurvey(channel));
  const provable = provableVersions(survey, 0);
  // While a change is interrupted the digits may be the other PIN's.
  if (provable === null || provable.contested) return false;
  return provable.candidates.every(({ version }) => wrongFor.some((wrong) => equalBytes(wrong, version)));
}

/** How many candidates are remembered. */
export async function triedPinCount({ deps }: Client, { accountId }: KeptAccount): Promise<number> {
  return (await deps.vault.pinNotes(accountId)).tried?.marks.length ?? 0;
}

export async function forgetTriedPins({ deps }: Client, { accountId }: KeptAccount): Promise<void> {
  await deps.vault.changePinNotes(accountId, (notes) => ({ ...notes, tried: null }));
}
