import { DomainError, routes } from '@hexkey/contract';
import {
  attachStatement,
  type Entropy,
  loginKeyPair,
  newEntropy,
  type Phrase,
  type PinSecret,
  phraseOf,
  pinAuthKeyPair,
  Secret,
  signEd25519,
  toBase64url,
} from '@hexkey/protocol';
import { speakForAccount } from '../identity/speak-for-account.ts';
import { checkNewPin } from '../pin/check-pin.ts';
import { commitRecord } from '../pin/commit-record.ts';
import { type FirstSetStand, firstSetStand } from '../pin/first-set-stand.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import { type ProvenRecord, recoverSecret } from '../pin/recover-secret.ts';
import { requireEveryNode } from '../pin/require-every-node.ts';
import { type HeldBefore, recordProven, type StagedRecord, stageRecord } from '../pin/stage-record.ts';
import { completeSurvey, startSurvey } from '../pin/survey-nodes.ts';
import { sealForDevice } from '../storage/device-seal.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';
import { entropyAtHand, sealEntropy } from './kept-entropy.ts';
import { refuseLegacyPin } from './legacy-pin.ts';
import { openNodes } from './open-nodes.ts';
import type { PinEntry } from './pin-entry.ts';
import { recoverAtNodes } from './prove-pin.ts';
import { refreshSession } from './refresh-session.ts';
import { unlock } from './unlock.ts';

/** A first PIN whose record is on at least t nodes, with everything that depends on it. */
interface PendingPin {
  readonly channel: NodeChannel;
  readonly record: StagedRecord;
  readonly pinSecret: PinSecret;
  readonly entropy: Entropy;
}

/**
 * Sets the first PIN, or finishes a set that was interrupted, in the order of docs/protocol/account-api.md section 7: staged at the
 * nodes, told to the server, committed node by node, activated. It may stop anywhere: nothing committed means nothing happened, and
 * anything committed is finished by the same digits.
 *
 * @param how.finishing the owner typed the PIN once, to finish; a new PIN must not be taken from that
 * @param how.acceptFewerNodes the owner was told that nodes are away; finishing never asks
 * @returns the words, whose entropy now rests under S_pin only
 * @throws {DomainError} `WeakPin`, `SameAsLegacyPin`, `NodesUnavailable`, `NodeSetMismatch`, `SomeNodesAway` (nothing is staged), `WrongPin` and `PinLocked` (finishing), `PinAlreadySet`, `PinSetInterrupted` when there
 * turned out to be nothing to finish: the PIN is to be chosen anew
 */
export async function setFirstPin(
  client: Client,
  kept: KeptAccount,
  entry: PinEntry,
  { finishing, acceptFewerNodes }: { readonly finishing: boolean; readonly acceptFewerNodes: boolean },
): Promise<{ readonly account: KeptAccount; readonly words: Phrase }> {
  checkNewPin(entry.pin);
  if (!finishing) await refuseLegacyPin(client, kept, entry.pin);
  const fresh = await refreshSession(client, kept);
  if (fresh.session.pinState === 'set') return alreadySet(client, kept, fresh, entry);
  const { channel, account: opened } = await openNodes(client, fresh);
  const surveys = startSurvey(channel, (done, of) => entry.onProgress({ step: 'connecting', done, of }));
  const survey = await completeSurvey(channel, surveys);
  const stand: FirstSetStand =
    opened.session.pinState === 'prepared' ? firstSetStand(survey) : { stand: 'not-begun' };
  if (stand.stand === 'not-begun' && finishing) throw new DomainError('PinSetInterrupted', {});
  if (stand.stand === 'not-begun') requireEveryNode(survey, acceptFewerNodes);
  const { account, entropy } = await withEntropy(client, opened);
  const pending =
    stand.stand === 'interrupted'
      ? {
          channel,
          entropy,
          ...(await provenRecord(client, channel, account, entry, { surveys, places: stand.places })),
        }
      : {
          channel,
          entropy,
          ...(await freshRecord(client, channel, entry, { entropy, before: survey.held })),
        };
  return { account: await activate(client, account, entry, pending), words: phraseOf(entropy) };
}

/**
 * A phone account makes its entropy here. It is kept before a node learns its login key, so that a set which is resumed on this device
 * ends with the words the nodes know; it counts from the activation on.
 */
async function withEntropy(
  client: Client,
  account: KeptAccount,
): Promise<{ readonly account: KeptAccount; readonly entropy: Entropy }> {
  const { engine, random, vault } = client.deps;
  const atHand = await entropyAtHand(client, account);
  if (atHand !== null) return { account, entropy: atHand };
  const entropy = newEntropy(random);
  const seal = await sealForDevice(engine, random, entropy);
  const kept = { ...account, entropy: { under: 'device' as const, seal } };
  await vault.keepAccount(kept);
  return { account: kept, entropy };
}

/** The activation went through and its answer was lost: prove the PIN instead. Otherwise another device was faster. */
async function alreadySet(
  client: Client,
  before: KeptAccount,
  fresh: KeptAccount,
  entry: PinEntry,
): Promise<{ readonly account: KeptAccount; readonly words: Phrase }> {
  if (before.session.pinState !== 'prepared') throw new DomainError('PinAlreadySet', {});
  const { account, entropy } = await unlock(client, fresh, entry);
  return { account, words: phraseOf(entropy) };
}

async function freshRecord(
  client: Client,
  channel: NodeChannel,
  { pin, onProgress }: PinEntry,
  { entropy, before }: { readonly entropy: Entropy; readonly before: HeldBefore },
): Promise<Pick<PendingPin, 'record' | 'pinSecret'>> {
  const { random, pinHash } = client.deps;
  const pinSecret = new Secret(random(32));
  const loginKey = loginKeyPair(entropy).publicKey;
  const record = await stageRecord(
    { channel, pinHash, random },
    { pin, secret: pinSecret, loginKey },
    before,
    onProgress,
  );
  return { record, pinSecret };
}

async function provenRecord(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  entry: PinEntry,
  target: ProvenRecord,
): Promise<Pick<PendingPin, 'record' | 'pinSecret'>> {
  const recovered = await recoverAtNodes(client, channel, account, entry, (deps) =>
    recoverSecret(deps, entry.pin, target, entry.onProgress),
  );
  // A node commits what was decided after its last right PIN only: no Commit may overtake one.
  await recovered.shown;
  return { record: recordProven(recovered), pinSecret: recovered.secret };
}

async function activate(
  client: Client,
  account: KeptAccount,
  { onProgress }: PinEntry,
  { channel, record, pinSecret, entropy }: PendingPin,
): Promise<KeptAccount> {
  const { api, deps } = client;
  const caller = callerOf(client, account);
  const { accountId, registeredWith } = account.session;
  const login = loginKeyPair(entropy);
  const pinAuthKey = pinAuthKeyPair(pinSecret);
  const attach = attachStatement({
    accountId,
    loginKey: login.publicKey,
    deviceKey: caller.device.publicKey,
  });
  const sealed = sealEntropy(client, accountId, pinSecret, entropy);
  onProgress({ step: 'generating' });
  const session = await api.call(routes.preparePin, {
    caller,
    body: {
      pinAuthKey: toBase64url(pinAuthKey.publicKey),
      nodeSetHash: toBase64url(channel.set.hash),
      loginKey: toBase64url(login.publicKey),
      loginSignature: toBase64url(signEd25519(login, attach)),
      sealedEntropy: registeredWith === 'phone' ? toBase64url(sealed) : null,
    },
  });
  await deps.vault.keepAccount({ ...account, session });
  onProgress({ step: 'registering' });
  await commitRecord(channel, record);
  const { legacyMark: _, ...kept } = account;
  const activated = {
    ...kept,
    session: await callWithPin(api, routes.activatePin, caller, pinAuthKey, {}),
    entropy: { under: 'pin' as const, sealed },
  };
  await deps.vault.keepAccount(activated);
  client.background(speakForAccount(client, activated, pinSecret));
  await client.makeWallet(activated, pinSecret, onProgress);
  return activated;
}
