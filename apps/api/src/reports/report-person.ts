import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { accountSubject } from '../limits/subjects.ts';
import { refuseOfficial } from '../people/contacts.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/**
 * Keeps a report for the operator; whom it is about is not told. Paid whatever comes of it, so that it finds nobody.
 * @throws {DomainError} `NotAPerson`, `NotFound` (person), `TooMany`
 */
export async function reportPerson(
  { clock, random, keys, transact }: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact'>,
  { account }: Caller,
  { hexkeyId, reason, content }: BodyOf<typeof routes.reportPerson>,
): Promise<void> {
  refuseOfficial(hexkeyId);
  const isKept = await transact(async (stores) => {
    await enforceLimit({ clock }, stores, 'reportsPerAccount', accountSubject(keys, account.id));
    const person = await stores.people.find(account.id, hexkeyId);
    if (person === null) return false;
    await stores.reports.add({
      id: newUuid(random),
      reporter_id: account.id,
      reported_id: person.id,
      reason,
      content,
      reported_at_ms: clock.now(),
    });
    return true;
  });
  if (!isKept) throw new DomainError('NotFound', { what: 'person' });
}
