import type { BodyOf, routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { sessionSubject } from '../limits/subjects.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { addLogEntry } from './add-log-entry.ts';

/** Adds what the nodes told the client. It decides nothing: the nodes count. @throws {DomainError} `TooMany` */
export async function reportAttempt(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact'>,
  { session }: Caller,
  { operation, outcome }: BodyOf<typeof routes.reportAttempt>,
  address: string,
): Promise<void> {
  await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'reportedAttemptsPerSession', sessionSubject(deps.keys, session.id));
    await addLogEntry(deps, stores, session, { operation, outcome, address });
  });
}
