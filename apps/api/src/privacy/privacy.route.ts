import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { reportPerson } from '../reports/report-person.ts';
import { findByPhone } from './find-by-phone.ts';

type Names = 'getPrivacy' | 'putPrivacy' | 'findByPhone' | 'reportPerson';

export function privacyHandlers(deps: Deps): Pick<Handlers, Names> {
  return {
    async getPrivacy({ caller }) {
      const { messages_from, groups_from, found_by_phone } = await deps.stores.privacy.get(caller.account.id);
      return { messages: messages_from, groups: groups_from, foundByPhone: found_by_phone };
    },
    putPrivacy: ({ caller, body }) =>
      deps.stores.privacy.put(caller.account.id, {
        messages_from: body.messages,
        groups_from: body.groups,
        found_by_phone: body.foundByPhone,
      }),
    findByPhone: ({ caller, body, address }) => findByPhone(deps, caller, body, address),
    reportPerson: ({ caller, body }) => reportPerson(deps, caller, body),
  };
}
