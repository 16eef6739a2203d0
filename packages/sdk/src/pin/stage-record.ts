import { DomainError } from '@hexkey/contract';
import {
  fromHex,
  makeNodeRecords,
  type PinSecret,
  type Random,
  type Secret,
  unlockKeyTag,
} from '@hexkey/protocol';
import type { PinProgress } from '../hexkey.ts';
import type { NodeChannel } from './node-channel.ts';
import type { PinHash } from './pin-hash.ts';
import type { Recovered } from './recover-secret.ts';
import { stretchPin } from './stretch-pin.ts';

/** A record that nodes hold but do not yet serve as the account's. */
export interface StagedRecord {
  readonly version: Uint8Array;
  /** By realm id, of the nodes that hold it: what commits it there. */
  readonly tags: ReadonlyMap<string, Uint8Array>;
}

/** The record a PIN was proven against, with what commits it at each node that holds it. */
export function recordProven({ places, unlockKey }: Recovered): StagedRecord {
  const { version, holders } = places;
  return { version, tags: new Map(holders.map((id) => [id, unlockKeyTag(unlockKey.key, fromHex(id))])) };
}

export interface NewRecord {
  readonly pin: Secret<string>;
  readonly secret: PinSecret;
  /** Ed25519 login key of the account, which opens the words' own bucket of guesses. */
  readonly loginKey: Uint8Array;
}

/**
 * Makes the records of a PIN and stages one at each node that answers.
 * @throws {DomainError} `NodesUnavailable` when fewer than t hold it: nothing counts yet, and the next try replaces it
 */
export async function stageRecord(
  deps: { readonly channel: NodeChannel; readonly pinHash: PinHash; readonly random: Random },
  { pin, secret, loginKey }: NewRecord,
  onProgress: (progress: PinProgress) => void,
): Promise<StagedRecord> {
  const { channel, pinHash, random } = deps;
  const { nodes, threshold } = channel.set.nodeSet;
  onProgress({ step: 'exchanging', done: 0, of: nodes.length });
  const version = random(16);
  const stretchedPin = await stretchPin(pinHash, pin, version, channel.accountId);
  const realmIds = nodes.map(({ realmId }) => realmId);
  const records = makeNodeRecords({ version, stretchedPin, secret, realmIds, threshold }, random);
  const tags = new Map<string, Uint8Array>();
  await Promise.all(
    [...records].map(async ([realmId, registration]) => {
      const nodeSetHash = channel.set.hash;
      const reply = await channel.ask(realmId, { kind: 'Stage', registration, nodeSetHash, loginKey });
      if (!reply.ok || reply.answer.outcome !== 'Ok') return;
      tags.set(realmId, registration.unlockKeyTag);
      onProgress({ step: 'exchanging', done: tags.size, of: nodes.length });
    }),
  );
  if (tags.size < threshold)
    throw new DomainError('NodesUnavailable', { reachable: tags.size, needed: threshold });
  return { version, tags };
}
