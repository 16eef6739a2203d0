import { type AnswerOf, DomainError, type QueryOf, type routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { transferRecordOf } from './transfer-record.ts';

const defaultPage = 50;

/** One page, newest first. @throws {DomainError} `InvalidField` when `before` is none of the account's */
export async function listTransfers(
  { stores }: Pick<Deps, 'stores'>,
  { account }: Caller,
  { before, limit = defaultPage }: QueryOf<typeof routes.listTransfers>,
): Promise<AnswerOf<typeof routes.listTransfers>> {
  const oldest = before === undefined ? null : await stores.transfers.get(account.id, before);
  if (before !== undefined && oldest === null)
    throw new DomainError('InvalidField', { field: 'before', problem: 'no such transfer' });
  const rows = await stores.transfers.list(account.id, oldest, limit + 1);
  return { transfers: rows.slice(0, limit).map(transferRecordOf), more: rows.length > limit };
}
