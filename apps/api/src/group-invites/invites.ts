import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import { isUniqueViolation } from '../database/unique-violation.ts';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { loadOwnGroup } from '../groups/load-own-group.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/** The link before stops working. @throws {DomainError} `NotFound` (group), `NotAMember`, `Forbidden`, `InvalidField` (tokenHash) */
export async function createInvite(
  { clock, transact }: Pick<Deps, 'clock' | 'transact'>,
  caller: Caller,
  { groupId, tokenHash }: BodyOf<typeof routes.createInvite>,
): Promise<void> {
  const hash = readBytes(tokenHash, 'tokenHash');
  try {
    await transact(async (stores) => {
      await loadOwnGroup(stores, caller, groupId, ['owner', 'admin']);
      await stores.groupInvites.replace(groupId, hash, clock.now());
    });
  } catch (error) {
    if (!(error instanceof DomainError) && isUniqueViolation(error))
      throw invalidField('tokenHash', 'belongs to another group');
    throw error;
  }
}

/** @throws {DomainError} `NotFound` (group), `NotAMember`, `Forbidden` */
export async function revokeInvite(
  { transact }: Pick<Deps, 'transact'>,
  caller: Caller,
  groupId: string,
): Promise<void> {
  await transact(async (stores) => {
    await loadOwnGroup(stores, caller, groupId, ['owner', 'admin']);
    await stores.groupInvites.revoke(groupId);
  });
}
