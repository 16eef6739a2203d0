import { type AnswerOf, DomainError, type QueryOf, type routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { limits } from '../limits/limits.ts';
import { accountSubject, sessionSubject } from '../limits/subjects.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import { openPhone } from '../phone-verification/phone-numbers.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { holdings, notIncluded } from './holdings.ts';

/** Lets this session read what is held about its account, for a while. Limited, and in the account's log. @throws {DomainError} `TooMany` */
export async function openAccountExport(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact'>,
  { account, session }: Caller,
  address: string,
): Promise<AnswerOf<typeof routes.openAccountExport>> {
  const nowMs = deps.clock.now();
  const windowMs = limits.accountExportOpen.windowMs;
  await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'accountExports', accountSubject(deps.keys, account.id));
    const reader = sessionSubject(deps.keys, session.id);
    const leftMs = await stores.limits.waitMs('accountExportOpen', reader, nowMs);
    // The new one lasts its whole time.
    if (leftMs !== null) await stores.limits.giveBack('accountExportOpen', reader, nowMs + leftMs - windowMs);
    await stores.limits.spend('accountExportOpen', reader, nowMs);
    await addLogEntry(deps, stores, session, { operation: 'openAccountExport', outcome: 'success', address });
  });
  return {
    holdings: holdings.map(({ table, about, withhold }) => ({
      name: table,
      about,
      withheld: { ...withhold },
    })),
    notIncluded: { ...notIncluded },
    endsAtMs: nowMs + windowMs,
  };
}

/** @throws {DomainError} `Forbidden` (pin-auth) when it was not opened or is over, `InvalidField` */
export async function readAccountExport(
  { clock, keys, stores }: Pick<Deps, 'clock' | 'keys' | 'stores'>,
  { account, session }: Caller,
  { holding: name, after }: QueryOf<typeof routes.readAccountExport>,
): Promise<AnswerOf<typeof routes.readAccountExport>> {
  const isOpen = await stores.limits.waitMs(
    'accountExportOpen',
    sessionSubject(keys, session.id),
    clock.now(),
  );
  if (isOpen === null) throw new DomainError('Forbidden', { reason: 'pin-auth' });
  const holding = holdings.find(({ table }) => table === name);
  if (holding === undefined)
    throw new DomainError('InvalidField', { field: 'holding', problem: 'no such kind' });
  const openNumber = (rowId: string, sealed: Uint8Array) => openPhone(keys, rowId, sealed).reveal();
  return stores.accountExport.read(openNumber, holding, account.id, after);
}
