import { type AnswerOf, DomainError, type QueryOf, type routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import type { LogScope } from './logs.store.ts';

type Route = typeof routes.listLogs;
const defaultPage = 50;

/** One page, newest first. @throws {DomainError} `InvalidField` when `before` is no entry of that scope */
export async function listLogs(
  { stores }: Pick<Deps, 'stores'>,
  scope: LogScope,
  { before, limit = defaultPage }: QueryOf<Route>,
): Promise<AnswerOf<Route>> {
  const oldest = before === undefined ? null : await stores.logs.find(scope, before);
  if (before !== undefined && oldest === null)
    throw new DomainError('InvalidField', { field: 'before', problem: 'no such entry' });
  const rows = await stores.logs.list(scope, oldest, limit + 1);
  return {
    entries: rows.slice(0, limit).map((row) => ({
      id: row.id,
      operation: row.operation,
      outcome: row.outcome,
      atMs: row.at_ms,
      device: row.device,
      place: row.place,
    })),
    more: rows.length > limit,
  };
}
