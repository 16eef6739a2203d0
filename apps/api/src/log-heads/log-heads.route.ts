import { toBase64url } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { putLogHeads } from './put-log-heads.ts';

export function logHeadsHandlers(deps: Deps): Pick<Handlers, 'getLogHeads' | 'putLogHeads'> {
  return {
    async getLogHeads({ caller }) {
      const heads = await deps.stores.logHeads.get(caller.account.id);
      return { heads: heads && { revision: heads.revision, sealed: toBase64url(heads.sealed) } };
    },
    putLogHeads: ({ caller, body }) => putLogHeads(deps, caller, body),
  };
}
