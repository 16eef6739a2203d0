import { type AnswerOf, type BodyOf, DomainError, type routes } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { personViewOf } from '../people/person-view.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { pairOf } from './group-state.ts';

type ReadDeps = Pick<Deps, 'stores'>;

/** Who was refused is shown as a member like any other: nobody is to see a difference. */
export async function listGroups(
  { stores }: ReadDeps,
  { account, session }: Caller,
): Promise<AnswerOf<typeof routes.listGroups>> {
  const ids = await stores.groups.idsOfAccount(account.id);
  const [groups, members, own] = await Promise.all([
    stores.groups.list(ids),
    stores.groups.members(ids),
    stores.groups.idsOfDevices([session.id]),
  ]);
  const accounts = await stores.groups.accountsAmong([
    ...new Set(members.map((member) => member.account_id)),
  ]);
  const stateOf = ({ account_id, state }: (typeof members)[number]) => {
    if (accounts.get(account_id)?.isDeleted) return 'deleted' as const;
    return state === 'left' ? ('left' as const) : ('in' as const);
  };
  return {
    groups: groups.map(({ id, kind, epoch }) => ({
      groupId: id,
      kind,
      epoch,
      members: members
        .filter((member) => member.group_id === id)
        .map((member) => ({ accountId: member.account_id, role: member.role, state: stateOf(member) })),
      isDeviceIn: own.includes(id),
    })),
  };
}

/** For a member's device that joins by itself. @throws {DomainError} `NotFound` (group), `NotAMember` */
export async function getGroupInfo(
  { stores }: ReadDeps,
  { account }: Caller,
  groupId: string,
): Promise<AnswerOf<typeof routes.getGroupInfo>> {
  const group = await stores.groups.get(groupId);
  if (group === null) throw new DomainError('NotFound', { what: 'group' });
  const members = await stores.groups.members([groupId]);
  const own = members.find((member) => member.account_id === account.id);
  const isIn = own?.state === 'in' || own?.state === 'refused' || pairOf(group).includes(account.id);
  if (!isIn) throw new DomainError('NotAMember', {});
  return { epoch: group.epoch, groupInfo: toBase64url(group.group_info) };
}

/** Those of some accounts that share a group with the caller, and the caller. */
export async function listPeopleOfGroups(
  { stores }: ReadDeps,
  { account }: Caller,
  { accountIds }: BodyOf<typeof routes.listPeopleOfGroups>,
): Promise<AnswerOf<typeof routes.listPeopleOfGroups>> {
  const shared = new Set(await stores.groups.sharingWith(account.id, accountIds));
  const known = accountIds.filter((accountId) => accountId === account.id || shared.has(accountId));
  const people = await stores.people.listByIds(account.id, known);
  return {
    people: people.map((person) => ({ accountId: person.id, person: personViewOf(account.id, person) })),
  };
}
