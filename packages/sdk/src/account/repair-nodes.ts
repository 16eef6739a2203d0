import { DomainError } from '@hexkey/contract';
import { loginKeyPair, type PinSecret, type Secret, toHex } from '@hexkey/protocol';
import type { NodeChannel } from '../pin/node-channel.ts';
import type { Recovered } from '../pin/recover-secret.ts';
import { type HeldBefore, stageWhereMissed } from '../pin/stage-record.ts';
import { answeredSoFar } from '../pin/survey-nodes.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { entropyWithPin } from './kept-entropy.ts';
import { commitPin } from './replace-pin.ts';

/**
 * Gives the PIN that was just proven to nodes that missed it: a fresh record of the same PIN and secret, staged and committed everywhere
 * like a change (ADR 31). Nodes that have not answered yet are not waited for. What goes wrong is left for a later PIN entry: the owner's
 * operation does not depend on it.
 *
 * @returns whether a new record was begun, which takes the place of the proven one
 */
export async function repairNodes(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  recovered: Recovered,
  pin: Secret<string>,
): Promise<boolean> {
  const { heldAt, missedAt, before } = await whereMissed(client, channel, recovered);
  if (missedAt.length === 0) return false;
  // A node can vouch, and takes a new record, only once it has been shown the PIN.
  await Promise.all(heldAt.map((realmId) => recovered.shownAt.get(realmId)));
  try {
    return await replaceRecord(client, channel, account, {
      pin,
      secret: recovered.secret,
      heldAt,
      missedAt,
      before,
    });
  } catch (error) {
    if (error instanceof DomainError) return true;
    throw error;
  }
}

interface Missed {
  readonly heldAt: readonly string[];
  readonly missedAt: readonly string[];
  readonly before: HeldBefore;
}

/**
 * Nodes that have and have not the proven record. None is missed when a new record could end on fewer nodes than hold this one, or while t
 * nodes have not committed this one: where it is only staged a new record takes its place, and a crash then could leave both on fewer than t.
 */
async function whereMissed(
  { repairsRefused }: Client,
  channel: NodeChannel,
  { surveys, places }: Recovered,
): Promise<Missed> {
  const answered = await answeredSoFar(surveys);
  const proven = toHex(places.version);
  const holds = (realmId: string) =>
    answered.get(realmId)?.some(({ version }) => toHex(version) === proven) ?? false;
  const heldAt = [...answered.keys()].filter(holds);
  const missedAt = [...answered.keys()].filter((id) => !holds(id) && !repairsRefused.has(id));
  const { nodes, threshold } = channel.set.nodeSet;
  const unanswered = nodes.length - answered.size;
  const isSettled = places.committedAt.length >= threshold;
  return { before: answered, heldAt, missedAt: missedAt.length < unanswered || !isSettled ? [] : missedAt };
}

async function replaceRecord(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  given: Missed & { readonly pin: Secret<string>; readonly secret: PinSecret },
): Promise<boolean> {
  const { pin, secret, missedAt, before } = given;
  const { random, pinHash } = client.deps;
  const loginKey = loginKeyPair(await entropyWithPin(client, account, secret)).publicKey;
  const record = await stageWhereMissed(
    { channel, pinHash, random },
    { pin, secret, loginKey },
    before,
    given,
  );
  for (const realmId of missedAt) if (!record?.tags.has(realmId)) client.repairsRefused.add(realmId);
  if (record === null) return false;
  await commitPin(client, channel, account, secret, record, 'repair');
  return true;
}
