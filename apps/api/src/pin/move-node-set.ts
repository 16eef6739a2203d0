import type { BodyOf, routes } from '@hexkey/contract';
import { placeInChain } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/**
 * t nodes of a later set serve the account's PIN, and the nodes before do not any more: devices are told the new set from now on. Repeated it
 * changes nothing, and there is no way back.
 * @throws {DomainError} `InvalidField` for a set that does not follow the account's
 */
export async function moveNodeSet(
  deps: Pick<Deps, 'clock' | 'random' | 'transact' | 'nodeSets'>,
  { session, account }: Caller,
  body: BodyOf<typeof routes.moveNodeSet>,
  address: string,
): Promise<void> {
  const hash = readBytes(body.nodeSetHash, 'nodeSetHash');
  const own = account.node_set_hash === null ? -1 : placeInChain(deps.nodeSets, account.node_set_hash);
  const next = placeInChain(deps.nodeSets, hash);
  if (own === -1 || next < own) throw invalidField('nodeSetHash', "does not follow the account's node set");
  await deps.transact(async (stores) => {
    const from = deps.nodeSets[own]?.hash ?? hash;
    const isMoved = next !== own && (await stores.accounts.moveNodeSet(account.id, from, hash));
    if (body.done) await stores.accounts.forgetLeftNodeSet(account.id, hash);
    if (isMoved)
      await addLogEntry(deps, stores, session, { operation: 'moveNodeSet', outcome: 'success', address });
  });
}
