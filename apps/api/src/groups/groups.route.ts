import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { commitToGroup } from './commit-to-group.ts';
import { createGroup } from './create-group.ts';
import { leaveGroup } from './leave-group.ts';
import { getGroupInfo, listGroups, listPeopleOfGroups } from './read-groups.ts';
import { setGroupRole } from './set-group-role.ts';

type Names =
  | 'createGroup'
  | 'commitToGroup'
  | 'getGroupInfo'
  | 'listGroups'
  | 'setGroupRole'
  | 'leaveGroup'
  | 'listPeopleOfGroups';

export function groupHandlers(deps: Deps): Pick<Handlers, Names> {
  return {
    createGroup: ({ caller, body }) => createGroup(deps, caller, body),
    commitToGroup: ({ caller, body }) => commitToGroup(deps, caller, body),
    getGroupInfo: ({ caller, query }) => getGroupInfo(deps, caller, query.groupId),
    listGroups: ({ caller }) => listGroups(deps, caller),
    setGroupRole: ({ caller, body }) => setGroupRole(deps, caller, body),
    leaveGroup: ({ caller, body }) => leaveGroup(deps, caller, body.groupId),
    listPeopleOfGroups: ({ caller, body }) => listPeopleOfGroups(deps, caller, body),
  };
}
