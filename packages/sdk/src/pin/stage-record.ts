import { DomainError } from '@hexkey/contract';
import {
  fromHex,
  type HeldVersion,
  makeNodeRecords,
  type PinSecret,
  pinAuthKeyPair,
  type Random,
  type Registration,
  type Secret,
  signHandover,
  unlockKeyTag,
  type Vouchers,
} from '@hexkey/protocol';
import type { PinProgress } from '../hexkey.ts';
import { gatherVouchers } from './gather-vouchers.ts';
import { requireLastProver } from './last-prover.ts';
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
  /** The secret whose place this one takes, when it is another: its PIN-auth key hands over. */
  readonly replaces?: PinSecret;
  /** Ed25519 login key of the account, which opens the words' own bucket of guesses. */
  readonly loginKey: Uint8Array;
}

export interface StageDeps {
  readonly channel: NodeChannel;
  readonly pinHash: PinHash;
  readonly random: Random;
}

/** What nodes held when they were asked, by realm id. */
export type HeldBefore = ReadonlyMap<string, readonly HeldVersion[]>;

/**
 * Makes the records of a PIN and stages one at each node that answered the survey, still holds what it said then (ADR 38) and was shown no PIN
 * by another device since (ADR 48). A node that missed the PIN which was just proven takes the word of t others for it.
 *
 * @param before since when this device itself changed nothing at the nodes
 * @throws {DomainError} `NodesUnavailable` when fewer than t hold it: nothing counts yet, and the next try replaces it
 */
export async function stageRecord(
  deps: StageDeps,
  record: NewRecord,
  before: HeldBefore,
  onProgress: (progress: PinProgress) => void,
): Promise<StagedRecord> {
  const { nodes, threshold } = deps.channel.set.nodeSet;
  onProgress({ step: 'exchanging', done: 0, of: nodes.length });
  const staging = await prepareStaging(deps, record, before);
  await Promise.all(
    nodes.map(async ({ realmId }) => {
      if (await staging.stageAt(realmId))
        onProgress({ step: 'exchanging', done: staging.tags.size, of: nodes.length });
    }),
  );
  if (staging.tags.size < threshold)
    throw new DomainError('NodesUnavailable', { reachable: staging.tags.size, needed: threshold });
  return staging;
}

/**
 * The same for nodes that missed a record: first there, and only if one of them takes it at those that have it already.
 * @returns null when it is worth nothing: none of them took it, or fewer than t nodes hold it
 */
export async function stageWhereMissed(
  deps: StageDeps,
  record: NewRecord,
  before: HeldBefore,
  { missedAt, heldAt }: { readonly missedAt: readonly string[]; readonly heldAt: readonly string[] },
): Promise<StagedRecord | null> {
  const staging = await prepareStaging(deps, record, before);
  await Promise.all(missedAt.map(staging.stageAt));
  if (staging.tags.size === 0) return null;
  await Promise.all(heldAt.map(staging.stageAt));
  return staging.tags.size < deps.channel.set.nodeSet.threshold ? null : staging;
}

interface Staging extends StagedRecord {
  /** @returns whether the node holds the record now */
  stageAt(realmId: string): Promise<boolean>;
}

async function prepareStaging(
  { channel, pinHash, random }: StageDeps,
  { pin, secret, replaces, loginKey }: NewRecord,
  before: HeldBefore,
): Promise<Staging> {
  const { nodes, threshold, tenant } = channel.set.nodeSet;
  const version = random(16);
  const [stretchedPin] = await Promise.all([
    stretchPin(pinHash, pin, version, channel.accountId),
    requireLastProver(channel),
  ]);
  const realmIds = nodes.map(({ realmId }) => realmId);
  const records = makeNodeRecords({ version, stretchedPin, secret, realmIds, threshold }, random);
  const pinAuthKey = pinAuthKeyPair(secret).publicKey;
  const user = { tenant, userId: channel.accountId };
  const terms = {
    nodeSetHash: channel.set.hash,
    loginKey,
    pinAuthKey,
    ...(replaces !== undefined && {
      handover: signHandover(user, pinAuthKeyPair(replaces), pinAuthKey),
    }),
  };
  const tags = new Map<string, Uint8Array>();
  let gathered: Promise<Vouchers | null> | null = null;
  const ask = async (realmId: string, registration: Registration, vouchers?: Vouchers) => {
    const held = before.get(realmId);
    if (held === undefined) return null;
    const versionOf = (state: HeldVersion['state']) =>
      held.find((item) => item.state === state)?.version ?? null;
    const seen = { committed: versionOf('committed'), staged: versionOf('staged') };
    const named = { replaces: seen, ...channel.marks.named(realmId) };
    const request = { kind: 'Stage' as const, registration, ...terms, ...named };
    const reply = await channel.ask(realmId, vouchers === undefined ? request : { ...request, vouchers });
    return reply.ok ? reply.answer.outcome : null;
  };
  return {
    version,
    tags,
    async stageAt(realmId) {
      const registration = records.get(realmId) as Registration;
      let outcome = await ask(realmId, registration);
      if (outcome === 'ProofRequired') {
        gathered ??= gatherVouchers(channel);
        const vouchers = await gathered;
        if (vouchers !== null) outcome = await ask(realmId, registration, vouchers);
      }
      if (outcome === 'Ok') tags.set(realmId, registration.unlockKeyTag);
      return outcome === 'Ok';
    },
  };
}
