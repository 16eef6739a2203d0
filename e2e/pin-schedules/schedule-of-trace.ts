import type { CrashTrace } from '@hexkey/pin-model';
import { type ClientPlan, noFaults } from './fault-plan.ts';
import { inPeace, lostAt, type Schedule } from './schedule.ts';

/** The request of a phase of the model; its survey is the first ListVersions of an operation, its check the last. */
const kinds = { survey: 'ListVersions', release: 'Recover3', stage: 'Stage', commit: 'Commit' } as const;
type Phase = keyof typeof kinds;
const phases = Object.keys(kinds) as Phase[];

type Fate = 'served' | 'unanswered' | 'lost';

/**
 * What a trace of the model does, done to real processes: requests it does not deliver are lost, and the device is killed when those it
 * does deliver are answered. Afterwards the nodes must hold what the model has.
 */
export function scheduleOfTrace(trace: CrashTrace, seed: string, typed: 'first' | 'second'): Schedule {
  return {
    seed,
    acts: [
      { ...inPeace, operation: 'setPin' },
      { ...inPeace, operation: 'changePin', plan: planOf(trace), leaves: trace.held },
      { ...inPeace, operation: 'enter', typed },
    ],
    attack: null,
    laterDead: [0],
  };
}

function planOf({ steps, held }: CrashTrace): ClientPlan {
  const places = held.map((_, place) => place);
  const fates = places.map((place) => fatesOf(steps, place));
  const last = phases.findLast((phase) => fates.some((fate) => fate[phase] !== 'lost'));
  const all = places.flatMap((place) =>
    phases.map((phase) => ({ place, phase, fate: fates[place]?.[phase] })),
  );
  const inPhase = (phase: Phase | undefined) =>
    all.filter((one) => one.phase === phase && one.fate !== 'lost');
  // A node that was not shown the PIN is asked twice: it wants vouchers.
  const asked = (place: number, phase: Phase) =>
    phase === 'stage' && fates[place]?.release === 'lost' ? 2 : 1;
  const name = (place: number, phase: Phase, nth: number) => `${place}/${kinds[phase]}/${nth}`;
  const plan: ClientPlan = {
    ...noFaults,
    lostRequests: all.flatMap(({ place, phase, fate }) => {
      if (fate !== 'lost') return [];
      return phase === 'survey' ? [name(place, phase, 1)] : lostAt(kinds[phase], [place]);
    }),
    lostAnswers: all.flatMap(({ place, phase, fate }) =>
      fate === 'unanswered' ? [name(place, phase, asked(place, phase))] : [],
    ),
  };
  const heard = steps.includes('device 0: the server knows');
  // Whom it has shown the PIN it asks once more before it stages: no other device may have.
  const shown = fates.filter(({ release }) => release === 'served').length;
  if (last === undefined) return { ...plan, kill: { kind: 'ListVersions', nth: 1, when: 'before' } };
  if (last === 'stage' && heard)
    return { ...plan, kill: { kind: 'ListVersions', nth: held.length + shown + 1, when: 'before' } };
  return { ...plan, killAfter: inPhase(last).map(({ place }) => name(place, last, asked(place, last))) };
}

function fatesOf(steps: readonly string[], place: number): Readonly<Record<Phase, Fate>> {
  const fate = (phase: Phase): Fate => {
    const label =
      phase === 'survey'
        ? `node ${place} answers the survey of device 0`
        : `node ${place}: ${phase} by device 0`;
    const step = steps.find((one) => one.startsWith(label));
    if (step === undefined) return 'lost';
    return step.endsWith('the answer is lost') ? 'unanswered' : 'served';
  };
  return { survey: fate('survey'), release: fate('release'), stage: fate('stage'), commit: fate('commit') };
}
