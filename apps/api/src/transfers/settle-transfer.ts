import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/**
 * What a client saw on the ledger, for the owner's other devices. The first word stands, but `confirmed` may correct one that came too early.
 * @throws {DomainError} `NotFound` (transfer)
 */
export async function settleTransfer(
  deps: Pick<Deps, 'transact'>,
  { account }: Caller,
  { intentId, state, failure }: BodyOf<typeof routes.settleTransfer>,
): Promise<void> {
  await deps.transact(async (stores) => {
    const there = await stores.transfers.get(account.id, intentId);
    if (there === null) throw new DomainError('NotFound', { what: 'transfer' });
    const isOpen = there.state === 'announced' || there.state === 'signed';
    const isCorrected = there.state !== 'confirmed' && state === 'confirmed';
    if (isOpen || isCorrected)
      await stores.transfers.settle(account.id, intentId, {
        state,
        failure: state === 'confirmed' ? null : failure,
      });
  });
}
