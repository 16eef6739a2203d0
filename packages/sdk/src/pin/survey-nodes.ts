import { DomainError } from '@hexkey/contract';
import { equalBytes, type HeldVersion, toHex } from '@hexkey/protocol';
import type { NodeChannel } from './node-channel.ts';

/** What each node holds, asked of all at once; null from a node that gave no answer. Costs no guess. */
export type SurveyTasks = ReadonlyMap<string, Promise<readonly HeldVersion[] | null>>;

/** What the nodes that answered hold; of `unanswered` nothing is known. */
export interface Survey {
  readonly held: ReadonlyMap<string, readonly HeldVersion[]>;
  readonly unanswered: number;
  readonly threshold: number;
}

/** One record version and where it is. */
export interface VersionPlaces {
  readonly version: Uint8Array;
  readonly holders: readonly string[];
  readonly committedAt: readonly string[];
}

/** @param onAnswer told how many nodes have answered, and of how many */
export function startSurvey(
  channel: NodeChannel,
  onAnswer: (done: number, of: number) => void = () => undefined,
): SurveyTasks {
  const { nodes } = channel.set.nodeSet;
  let done = 0;
  onAnswer(done, nodes.length);
  return new Map(
    nodes.map(({ realmId }) => [
      realmId,
      channel.ask(realmId, { kind: 'ListVersions' }).then((reply) => {
        if (!reply.ok) return null;
        done += 1;
        onAnswer(done, nodes.length);
        return reply.answer.versions;
      }),
    ]),
  );
}

/**
 * What is known so far. A record made for another node set is not this account's; below t such nodes are left out, because one that
 * lies must not shut the owner out.
 * @throws {DomainError} `NodeSetMismatch` when t nodes hold a record for another set
 */
export function surveyOf(
  channel: NodeChannel,
  answers: ReadonlyMap<string, readonly HeldVersion[] | null>,
): Survey {
  const { nodes, threshold } = channel.set.nodeSet;
  const told = new Map([...answers].flatMap(([id, versions]) => (versions === null ? [] : [[id, versions]])));
  const isOfThisSet = ({ nodeSetHash }: HeldVersion) =>
    nodeSetHash === null || equalBytes(nodeSetHash, channel.set.hash);
  const strange = [...told.values()].filter((versions) => !versions.every(isOfThisSet));
  if (strange.length >= threshold) throw new DomainError('NodeSetMismatch', {});
  const held = new Map([...told].map(([id, versions]) => [id, versions.filter(isOfThisSet)]));
  return { held, unanswered: nodes.length - held.size, threshold };
}

/**
 * Waits for every node's answer or its time.
 * @throws {DomainError} `NodesUnavailable` below the threshold, `NodeSetMismatch`
 */
export async function completeSurvey(channel: NodeChannel, tasks: SurveyTasks): Promise<Survey> {
  const answers = await Promise.all([...tasks].map(async ([id, task]) => [id, await task] as const));
  const survey = surveyOf(channel, new Map(answers));
  if (survey.held.size < survey.threshold)
    throw new DomainError('NodesUnavailable', { reachable: survey.held.size, needed: survey.threshold });
  return survey;
}

/** What is known of the nodes that have answered by now; of the others nothing is waited for. */
export async function answeredSoFar(
  tasks: SurveyTasks,
): Promise<ReadonlyMap<string, readonly HeldVersion[]>> {
  const known = await Promise.all(
    [...tasks].map(async ([id, task]) => [id, await Promise.race([task, null])] as const),
  );
  return new Map(known.flatMap(([id, versions]) => (versions === null ? [] : [[id, versions] as const])));
}

/** Every version found, the one committed at most nodes first. */
export function versionsIn({ held }: Survey): readonly VersionPlaces[] {
  const places = new Map<string, { version: Uint8Array; holders: string[]; committedAt: string[] }>();
  for (const [realmId, versions] of held)
    for (const { version, state } of versions) {
      const place = places.get(toHex(version)) ?? { version, holders: [], committedAt: [] };
      place.holders.push(realmId);
      if (state === 'committed') place.committedAt.push(realmId);
      places.set(toHex(version), place);
    }
  return [...places.values()].sort(
    (left, right) =>
      right.committedAt.length - left.committedAt.length || right.holders.length - left.holders.length,
  );
}
