import { DomainError } from '@hexkey/contract';
import { firstSetStand, provableVersions, type Survey } from '@hexkey/sdk/pin-decisions';
import type { NodeState } from './state.ts';

type Answer = Pick<NodeState, 'committed' | 'staged'> | null;

export interface Candidates {
  /** In the order in which an entry is tried against them. */
  readonly versions: readonly number[];
  readonly contested: boolean;
}

export type FirstStand = 'not-begun' | 'wait' | { readonly finish: number };

const candidatesOf = new Map<string, Candidates | null>();
const standOf = new Map<string, FirstStand>();

/** What the real client tries an entry against; null when it would refuse. @param answers null where a node did not speak */
export function candidates(answers: readonly Answer[], threshold: number): Candidates | null {
  return remembered(candidatesOf, answers, threshold, (survey) => {
    const provable = provableVersions(survey, 0);
    if (provable === null) return null;
    return {
      versions: provable.candidates.map(({ version }) => idOf(version)),
      contested: provable.contested,
    };
  });
}

/** Where the real client finds a first set. */
export function firstStand(answers: readonly Answer[], threshold: number): FirstStand {
  return remembered(standOf, answers, threshold, (survey) => {
    try {
      const found = firstSetStand(survey);
      return found.stand === 'not-begun' ? 'not-begun' : { finish: idOf(found.places.version) };
    } catch (error) {
      if (error instanceof DomainError) return 'wait';
      throw error;
    }
  });
}

function remembered<T>(
  memory: Map<string, T>,
  answers: readonly Answer[],
  threshold: number,
  decide: (survey: Survey) => T,
): T {
  const name = `${threshold}:${answers.map((told) => (told === null ? '?' : `${told.committed}.${told.staged}`))}`;
  const known = memory.get(name);
  if (known !== undefined) return known;
  const decided = decide(surveyOf(answers, threshold));
  memory.set(name, decided);
  return decided;
}

function surveyOf(answers: readonly Answer[], threshold: number): Survey {
  const held = new Map(
    answers.flatMap((told, node) =>
      told === null
        ? []
        : [[`${node}`, [...listed(told.committed, 'committed'), ...listed(told.staged, 'staged')]]],
    ),
  );
  return { held, unanswered: answers.length - held.size, threshold };
}

function listed(version: number | null, state: 'committed' | 'staged') {
  return version === null ? [] : [{ version: new Uint8Array(16).fill(version), state, nodeSetHash: null }];
}

const idOf = (version: Uint8Array) => version[0] as number;
