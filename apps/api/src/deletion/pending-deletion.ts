import type { AnswerOf, routes } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';

type Pending = AnswerOf<typeof routes.getDeletion>['pending'];

/** What an owner asked for and has not taken back, before its day. */
export async function pendingDeletion(
  stores: Pick<Stores, 'deletions'>,
  accountId: string,
): Promise<Pending> {
  const deletion = await stores.deletions.get(accountId);
  if (deletion?.state !== 'pending') return null;
  const { requested_at_ms, effective_at_ms, sequence } = deletion;
  return { requestedAtMs: requested_at_ms, effectiveAtMs: effective_at_ms, sequence };
}
