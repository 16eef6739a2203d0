import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { listLogs } from './list-logs.ts';
import { reportAttempt } from './report-attempt.ts';

export function logHandlers(deps: Deps): Pick<Handlers, 'reportAttempt' | 'listOwnAttempts' | 'listLogs'> {
  return {
    reportAttempt: ({ caller, body, address }) => reportAttempt(deps, caller, body, address),
    listOwnAttempts: ({ caller, query }) => listLogs(deps, { sessionId: caller.session.id }, query),
    listLogs: ({ caller, query }) => listLogs(deps, { accountId: caller.account.id }, query),
  };
}
