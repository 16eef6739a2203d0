import { routes } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { PinProgress } from '../hexkey.ts';
import { speakForAccount } from '../identity/speak-for-account.ts';
import { checkNewPin } from '../pin/check-pin.ts';
import { recoverGuardedSecret } from '../pin/recover-guarded-secret.ts';
import { requireEveryNode } from '../pin/require-every-node.ts';
import { recordProven } from '../pin/stage-record.ts';
import { completeSurvey, startSurvey } from '../pin/survey-nodes.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { activateIfPrepared, prepareNewSecret } from './new-secret.ts';
import { openNodes } from './open-nodes.ts';
import { provePin, recoverAtNodes } from './prove-pin.ts';
import { commitPin, stagePin } from './replace-pin.ts';
import { changeEnded, settlePin } from './settle-pin.ts';

export interface PinChange {
  readonly oldPin: Secret<string>;
  readonly newPin: Secret<string>;
  readonly onProgress: (progress: PinProgress) => void;
  /** The owner was told that nodes are away. */
  readonly acceptFewerNodes: boolean;
  /** The PIN opens a new secret from now on, and every other device is logged out. */
  readonly someoneKnew: boolean;
}

/**
 * Changes the PIN; S_pin and what follows from it stay, unless someone knew the PIN (pin-network specification, section 4). It may stop
 * anywhere: from then on either PIN is good until one of them is proven, which ends the change with that one.
 *
 * @param staged the new PINs that t nodes hold, by identity: a retry with one of them proves that one
 * @throws {DomainError} `WeakPin` before anything is sent, `SomeNodesAway` before a guess is made; what `provePin` throws
 */
export async function changePin(
  client: Client,
  kept: KeptAccount,
  { oldPin, newPin, onProgress, acceptFewerNodes, someoneKnew }: PinChange,
  staged: WeakSet<Secret<string>>,
): Promise<KeptAccount> {
  checkNewPin(newPin);
  const operation = routes.changePin.name;
  if (staged.has(newPin))
    return (await provePin(client, kept, { pin: newPin, operation, onProgress })).account;
  const { channel, account } = await openNodes(client, kept);
  const surveys = startSurvey(channel, (done, of) => onProgress({ step: 'connecting', done, of }));
  const survey = await completeSurvey(channel, surveys);
  requireEveryNode(survey, acceptFewerNodes);
  const proven = await recoverAtNodes(client, channel, account, { pin: oldPin, operation }, (deps) =>
    recoverGuardedSecret(deps, oldPin, onProgress, surveys),
  );
  // A node takes a new record only from a device that has just shown it the PIN.
  await proven.shown;
  // A change that was interrupted before is ended first: of more than two PINs nobody could say which is good.
  const settled = proven.contested
    ? await settlePin(client, channel, account, proven, { pin: oldPin, onProgress })
    : account;
  // Where the old PIN is only staged the new record takes its place: t nodes must have committed it before.
  const isBehind = !proven.contested && proven.places.committedAt.length < channel.set.nodeSet.threshold;
  if (isBehind) await commitPin(client, channel, settled, proven.secret, recordProven(proven), 'repair');
  const changing = { ...settled, changingPin: true };
  await client.deps.vault.keepAccount(changing);
  const next = someoneKnew
    ? { ...(await prepareNewSecret(client, changing, proven.secret)), replaces: proven.secret }
    : { account: changing, secret: proven.secret };
  const { secret } = next;
  const isAsBefore = !proven.contested && !isBehind;
  const { held: before } = isAsBefore ? survey : await completeSurvey(channel, startSurvey(channel));
  const record = await stagePin(client, channel, next.account, { ...next, pin: newPin }, before, onProgress);
  staged.add(newPin);
  onProgress({ step: 'generating' });
  onProgress({ step: 'registering' });
  await commitPin(client, channel, next.account, secret, record, 'change');
  if (someoneKnew) await activateIfPrepared(client, next.account, secret);
  const ended = await changeEnded(client, next.account, secret);
  client.background(speakForAccount(client, ended, secret));
  return ended;
}
