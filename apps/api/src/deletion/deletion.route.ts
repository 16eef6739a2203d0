import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { cancelDeletion } from './cancel-deletion.ts';
import { pendingDeletion } from './pending-deletion.ts';
import { prepareDeletion } from './prepare-deletion.ts';
import { requestDeletion } from './request-deletion.ts';

type Names = 'prepareDeletion' | 'requestDeletion' | 'getDeletion' | 'cancelDeletion';

export function deletionHandlers(deps: Deps): Pick<Handlers, Names> {
  return {
    prepareDeletion: ({ caller, body, address }) => prepareDeletion(deps, caller, body, address),
    requestDeletion: ({ caller, body, address }) => requestDeletion(deps, caller, body, address),
    getDeletion: async ({ caller }) => ({ pending: await pendingDeletion(deps.stores, caller.account.id) }),
    cancelDeletion: ({ caller, body, address }) => cancelDeletion(deps, caller, body, address),
  };
}
