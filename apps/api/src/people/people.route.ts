import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { blockPerson, listBlocked, unblockPerson } from './blocks.ts';
import { addContact, listContacts, removeContact } from './contacts.ts';
import { findPerson } from './find-person.ts';

type Names =
  | 'findPerson'
  | 'listContacts'
  | 'addContact'
  | 'removeContact'
  | 'listBlocked'
  | 'blockPerson'
  | 'unblockPerson';

export function peopleHandlers(deps: Deps): Pick<Handlers, Names> {
  return {
    findPerson: ({ caller, query, address }) => findPerson(deps, caller, query.hexkeyId, address),
    listContacts: ({ caller }) => listContacts(deps, caller),
    addContact: ({ caller, body, address }) => addContact(deps, caller, body.hexkeyId, address),
    removeContact: ({ caller, body }) => removeContact(deps, caller, body.hexkeyId),
    listBlocked: ({ caller }) => listBlocked(deps, caller),
    blockPerson: ({ caller, body, address }) => blockPerson(deps, caller, body.hexkeyId, address),
    unblockPerson: ({ caller, body }) => unblockPerson(deps, caller, body.hexkeyId),
  };
}
