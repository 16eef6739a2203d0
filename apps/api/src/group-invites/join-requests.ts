import { createHash } from 'node:crypto';
import { type AnswerOf, type BodyOf, DomainError, type routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { readBytes } from '../field-bytes.ts';
import { giveNotice } from '../groups/give-notice.ts';
import { listeningDevices, loadGroup } from '../groups/group-state.ts';
import { loadOwnGroup } from '../groups/load-own-group.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { accountSubject } from '../limits/subjects.ts';
import { personViewOf } from '../people/person-view.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

const keptForMs = 30 * 24 * 60 * 60_000;

/**
 * Asks to be let into the group of a link. Owner and admins are told once; asking again, or as a member, changes nothing.
 * @param token 16 bytes, as the link holds them
 * @throws {DomainError} `NotFound` (invite), `TooMany`
 */
export async function requestToJoin(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact'>,
  { account }: Caller,
  token: string,
): Promise<{ groupId: string }> {
  const tokenHash = createHash('sha256').update(readBytes(token, 'token')).digest();
  const groupId = await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'joinRequestsPerAccount', accountSubject(deps.keys, account.id));
    const invited = await stores.groupInvites.groupOf(tokenHash);
    const group = invited === null ? null : await loadGroup(stores, invited);
    // A wrong token is paid for like a right one.
    if (group === null) return null;
    if (group.state.members.get(account.id)?.state === 'in') return group.row.id;
    const nowMs = deps.clock.now();
    const isNew = await stores.groupInvites.request({
      group_id: group.row.id,
      account_id: account.id,
      requested_at_ms: nowMs,
      is_approved: false,
      expires_at_ms: nowMs + keptForMs,
    });
    const admins = group.members.filter(({ role }) => role !== 'member');
    const to = listeningDevices(admins, group.leaves);
    if (isNew) await giveNotice(deps, stores, group.row, { what: 'join_requested', account: account.id }, to);
    return group.row.id;
  });
  if (groupId === null) throw new DomainError('NotFound', { what: 'invite' });
  return { groupId };
}

/** @throws {DomainError} `NotFound` (group), `NotAMember`, `Forbidden` */
export async function listJoinRequests(
  { clock, transact }: Pick<Deps, 'clock' | 'transact'>,
  caller: Caller,
  groupId: string,
): Promise<AnswerOf<typeof routes.listJoinRequests>> {
  return await transact(async (stores) => {
    await loadOwnGroup(stores, caller, groupId, ['owner', 'admin']);
    const waiting = (await stores.groupInvites.requests(groupId, clock.now())).filter(
      (each) => !each.is_approved,
    );
    const ids = waiting.map((request) => request.account_id);
    const people = new Map(
      (await stores.people.listByIds(caller.account.id, ids)).map((each) => [each.id, each]),
    );
    return {
      requests: waiting.flatMap((request) => {
        const person = people.get(request.account_id);
        if (person === undefined) return [];
        const { account_id: accountId, requested_at_ms: requestedAtMs } = request;
        return [{ accountId, person: personViewOf(caller.account.id, person), requestedAtMs }];
      }),
    };
  });
}

/** @throws {DomainError} `NotFound` (group, join-request), `NotAMember`, `Forbidden` */
export async function answerJoinRequest(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  caller: Caller,
  { groupId, accountId, approve }: BodyOf<typeof routes.answerJoinRequest>,
): Promise<void> {
  await deps.transact(async (stores) => {
    const group = await loadOwnGroup(stores, caller, groupId, ['owner', 'admin']);
    const isThere = await stores.groupInvites.approve(groupId, accountId, deps.clock.now());
    if (!isThere) throw new DomainError('NotFound', { what: 'join-request' });
    if (!approve) return await stores.groupInvites.dropRequests(groupId, [accountId]);
    // Before the commit that adds them, in the group's order.
    const to = listeningDevices(group.members, group.leaves);
    await giveNotice(deps, stores, group.row, { what: 'join_approved', account: accountId }, to);
  });
}
