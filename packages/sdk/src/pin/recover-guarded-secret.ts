import { isDomainError } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { PinProgress } from '../hexkey.ts';
import { decideEarly } from './decide-early.ts';
import { missingVersion, type Provable, provableVersions } from './provable-versions.ts';
import { type RecoverDeps, type Recovered, recoverSecret } from './recover-secret.ts';
import { type SurveyTasks, startSurvey, surveyOf } from './survey-nodes.ts';

export interface GuardedSecret extends Recovered {
  /** As of `Provable`: while this is so, two PINs may work. */
  readonly contested: boolean;
}

/**
 * Proves the PIN of an account whose PIN is set. While a change is interrupted the old and the new PIN are both good, so an entry is
 * tried against each of the two records; only then is it wrong, and it has cost a guess at each.
 *
 * @param surveys when every node's answer has been waited for already: then each one that answers is shown the PIN
 * @throws {DomainError} what `recoverSecret` throws, `PinRecordMissing`
 */
export async function recoverGuardedSecret(
  deps: RecoverDeps,
  pin: Secret<string>,
  onProgress: (progress: PinProgress) => void,
  surveys = startSurvey(deps.channel, (done, of) => onProgress({ step: 'connecting', done, of })),
): Promise<GuardedSecret> {
  const { candidates, contested } = await provableAt(deps, surveys);
  for (const [index, places] of candidates.entries())
    try {
      return { ...(await recoverSecret(deps, pin, { surveys, places }, onProgress)), contested };
    } catch (error) {
      if (!isDomainError(error, 'WrongPin') || index === candidates.length - 1) throw error;
    }
  throw new Error('no version to prove');
}

function provableAt({ channel }: RecoverDeps, surveys: SurveyTasks): Promise<Provable> {
  return decideEarly(surveys, (answers, pending) => {
    const survey = surveyOf(channel, answers);
    const provable = provableVersions(survey, pending);
    if (provable === null && pending === 0) throw missingVersion(survey);
    return provable ?? undefined;
  });
}
