import { DomainError } from '@hexkey/contract';
import {
  type Clock,
  nodeIndices,
  openSecret,
  type PinSecret,
  type ReleasedShare,
  type Secret,
  toHex,
  type UnlockKey,
} from '@hexkey/protocol';
import type { PinProgress } from '../hexkey.ts';
import { decideEarly } from './decide-early.ts';
import { evaluateAtNode, type NodeEvaluation } from './evaluate-at-node.ts';
import type { GuessMemory } from './guess-memory.ts';
import { judgeEvaluations, type Verdict } from './judge-evaluations.ts';
import type { NodeChannel } from './node-channel.ts';
import type { PinHash } from './pin-hash.ts';
import { releaseAtNode } from './release-at-node.ts';
import { stretchPin } from './stretch-pin.ts';
import type { SurveyTasks, VersionPlaces } from './survey-nodes.ts';

export interface RecoverDeps {
  readonly channel: NodeChannel;
  readonly pinHash: PinHash;
  readonly guesses: GuessMemory;
  readonly clock: Clock;
  /** Given the work that goes on after the caller has its answer; it rejects only for a bug. */
  readonly background: (work: Promise<unknown>) => void;
  /** Told of each record whose PIN the digits are not, as t nodes judged. */
  readonly onJudgedWrong?: (version: Uint8Array) => void;
}

export interface Recovered {
  readonly secret: PinSecret;
  readonly unlockKey: UnlockKey;
  readonly places: VersionPlaces;
  /** What each node holds, slow ones included. */
  readonly surveys: SurveyTasks;
  /** Resolves when every node that was sent the guess has been shown that it was right, or its time is over. */
  readonly shown: Promise<unknown>;
  /** The same for each node. */
  readonly shownAt: ReadonlyMap<string, Promise<unknown>>;
}

/** The record to prove, and what each node answered when it was asked what it holds. */
export interface ProvenRecord {
  readonly surveys: SurveyTasks;
  readonly places: VersionPlaces;
}

/**
 * Proves the PIN to the nodes and opens the secret. All nodes are asked at once and t answers are enough to go on; a node that
 * counted the guess is still told when it was right, so that nothing stays counted.
 *
 * @throws {DomainError} `WrongPin`, `PinLocked`, `NodesUnavailable`
 */
export async function recoverSecret(
  deps: RecoverDeps,
  pin: Secret<string>,
  { surveys, places }: ProvenRecord,
  onProgress: (progress: PinProgress) => void,
): Promise<Recovered> {
  const { channel, guesses } = deps;
  onProgress({ step: 'exchanging', done: 0, of: places.holders.length });
  const stretched = await stretchPin(deps.pinHash, pin, places.version, channel.accountId);
  const guess = guesses.guessOf(stretched.accessKey);

  let judged = false;
  const evaluations = evaluateEverywhere(deps, surveys, places, guess.blindedInput, {
    isJudged: () => judged,
    onProgress,
  });
  const verdict = decideEarly(evaluations, (answers, pending) =>
    judgeEvaluations(channel, guess, answers, pending),
  ).finally(() => {
    judged = true;
  });
  const releases = releaseEverywhere(channel, evaluations, verdict, places.version);
  const shown = Promise.all(releases.values());
  deps.background(shown);

  const outcome = await verdict;
  if (outcome.verdict === 'right' || outcome.refusal.name !== 'NodesUnavailable') guesses.forget();
  if (outcome.verdict === 'refused') {
    if (outcome.judgedWrong) deps.onJudgedWrong?.(places.version);
    throw outcome.refusal;
  }
  onProgress({ step: 'generating' });
  const secret = await openedSecret(channel, stretched.encryptionKeySeed, releases);
  return { secret, unlockKey: outcome.unlockKey, places, surveys, shown, shownAt: releases };
}

/** Sends the guess to each node that holds the version, those that are slow to say so included, until it is judged. */
function evaluateEverywhere(
  { channel, clock }: RecoverDeps,
  surveys: SurveyTasks,
  { version, holders }: VersionPlaces,
  blindedInput: Uint8Array,
  on: { readonly isJudged: () => boolean; readonly onProgress: (progress: PinProgress) => void },
): ReadonlyMap<string, Promise<NodeEvaluation | null>> {
  let done = 0;
  return new Map(
    [...surveys].map(([realmId, survey]) => [
      realmId,
      survey.then(async (held) => {
        const holds = held?.some((item) => toHex(item.version) === toHex(version)) ?? false;
        if (!holds || on.isJudged()) return null;
        const evaluation = await evaluateAtNode(channel, clock, realmId, version, blindedInput);
        done += 1;
        if (!on.isJudged()) on.onProgress({ step: 'exchanging', done, of: Math.max(done, holders.length) });
        return evaluation;
      }),
    ]),
  );
}

/** Tells each node that was sent the guess, once it is found right; also those whose answer was late or never came. */
function releaseEverywhere(
  channel: NodeChannel,
  evaluations: ReadonlyMap<string, Promise<NodeEvaluation | null>>,
  verdict: Promise<Verdict>,
  version: Uint8Array,
): ReadonlyMap<string, Promise<ReleasedShare | null>> {
  return new Map(
    [...evaluations].map(([realmId, evaluation]) => [
      realmId,
      evaluation.then(async (sent) => {
        if (sent === null) return null;
        const outcome = await verdict;
        if (outcome.verdict === 'refused') return null;
        return releaseAtNode(channel, realmId, version, outcome.unlockKey);
      }),
    ]),
  );
}

function openedSecret(
  channel: NodeChannel,
  encryptionKeySeed: Secret<Uint8Array>,
  releases: ReadonlyMap<string, Promise<ReleasedShare | null>>,
): Promise<PinSecret> {
  const { nodes, threshold } = channel.set.nodeSet;
  const indices = nodeIndices(nodes.map(({ realmId }) => realmId));
  return decideEarly(releases, (answers, pending) => {
    const released = new Map(
      [...answers].flatMap(([id, share]) => (share === null ? [] : [[id, share] as const])),
    );
    const secret = openSecret(encryptionKeySeed, released, indices, threshold);
    if (secret === null && pending === 0)
      throw new DomainError('NodesUnavailable', { reachable: released.size, needed: threshold });
    return secret ?? undefined;
  });
}
