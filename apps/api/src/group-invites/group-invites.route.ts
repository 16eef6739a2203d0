import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { createInvite, revokeInvite } from './invites.ts';
import { answerJoinRequest, listJoinRequests, requestToJoin } from './join-requests.ts';

type Names = 'createInvite' | 'revokeInvite' | 'requestToJoin' | 'listJoinRequests' | 'answerJoinRequest';

export function groupInviteHandlers(deps: Deps): Pick<Handlers, Names> {
  return {
    createInvite: ({ caller, body }) => createInvite(deps, caller, body),
    revokeInvite: ({ caller, body }) => revokeInvite(deps, caller, body.groupId),
    requestToJoin: ({ caller, body }) => requestToJoin(deps, caller, body.token),
    listJoinRequests: ({ caller, query }) => listJoinRequests(deps, caller, query.groupId),
    answerJoinRequest: ({ caller, body }) => answerJoinRequest(deps, caller, body),
  };
}
