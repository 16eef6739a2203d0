import type { Clock } from '@hexkey/protocol';
import type { Logger } from 'pino';
import { framesOf } from '../stack-frames.ts';

/** Work that this server does by itself, again and again; each run is safe beside another instance's. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

/** How a job went in this process. */
export interface JobState {
  readonly name: string;
  readonly everyMs: number;
  readonly runs: number;
  readonly lastStartedAtMs: number | null;
  readonly lastEndedAtMs: number | null;
  /** Name of the error that ended the last run; its text may hold values. */
  readonly lastFailure: string | null;
}

export interface Jobs {
  states(): readonly JobState[];
  stop(): void;
}

/** Runs each job at its pace until it is told to stop. */
export function runJobs(
  jobs: readonly Job[],
  { clock, log }: { readonly clock: Clock; readonly log: Pick<Logger, 'error'> },
): Jobs {
  const states = new Map<string, JobState>(
    jobs.map(({ name, everyMs }) => [
      name,
      { name, everyMs, runs: 0, lastStartedAtMs: null, lastEndedAtMs: null, lastFailure: null },
    ]),
  );
  const note = (name: string, change: Partial<JobState>) =>
    states.set(name, { ...(states.get(name) as JobState), ...change });

  async function run({ name, run: work }: Job): Promise<void> {
    note(name, { lastStartedAtMs: clock.now(), runs: (states.get(name) as JobState).runs + 1 });
    try {
      await work();
      note(name, { lastEndedAtMs: clock.now(), lastFailure: null });
    } catch (error) {
      const failure = error as Error;
      note(name, { lastEndedAtMs: clock.now(), lastFailure: failure.name });
      log.error({ job: name, name: failure.name, frames: framesOf(failure) }, 'a job failed');
    }
  }
  const timers = jobs.map((job) => setInterval(() => void run(job), job.everyMs));
  return {
    states: () => [...states.values()],
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
