import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import type { StoredAttachment } from './attachments.store.ts';

type ForgetDeps = Pick<Deps, 'transact' | 'blobs'>;

/** This device has it; with the last one it goes. */
export function takenAttachment(deps: ForgetDeps, { session }: Caller, id: string): Promise<void> {
  return forgetIf(deps, id, (stores) => stores.attachments.take(id, session.id));
}

/** Takes back what the account has uploaded. */
export function dropAttachment(deps: ForgetDeps, { account }: Caller, id: string): Promise<void> {
  return forgetIf(deps, id, async (_, { account_id }) => account_id === account.id);
}

/** The row first: bytes that a killed process leaves are removed by the job. */
async function forgetIf(
  { transact, blobs }: ForgetDeps,
  id: string,
  isOver: (stores: Stores, attachment: StoredAttachment) => Promise<boolean>,
): Promise<void> {
  const isForgotten = await transact(async (stores) => {
    const attachment = await stores.attachments.lock(id);
    if (attachment === null || !(await isOver(stores, attachment))) return false;
    await stores.attachments.drop(id);
    return true;
  });
  if (isForgotten) await blobs.remove(id);
}
