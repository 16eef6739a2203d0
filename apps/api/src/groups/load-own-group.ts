import { DomainError } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import type { Role } from './apply-commit.ts';
import { type LoadedGroup, loadGroup } from './group-state.ts';

/**
 * Locks a group (no direct conversation) for one of its members.
 * @param roles who may do it
 * @throws {DomainError} `NotFound` (group), `NotAMember`, `Forbidden`
 */
export async function loadOwnGroup(
  stores: Pick<Stores, 'groups'>,
  { account }: Caller,
  groupId: string,
  roles: readonly Role[],
): Promise<LoadedGroup> {
  const group = await loadGroup(stores, groupId);
  if (group === null) throw new DomainError('NotFound', { what: 'group' });
  const own = group.state.members.get(account.id);
  if (own?.state !== 'in') throw new DomainError('NotAMember', {});
  if (group.row.kind === 'direct' || !roles.includes(own.role))
    throw new DomainError('Forbidden', { reason: 'not-allowed' });
  return group;
}
