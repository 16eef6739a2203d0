import { avatarPath, type PersonView, routes } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { OpenAccount } from '../account/open-account.ts';
import type { People } from './people.ts';

/** @param onRelation told how the owner stands to somebody from now on */
export function createPeople(
  client: Client,
  open: OpenAccount,
  onRelation: (person: Pick<PersonView, 'hexkeyId' | 'relation'>) => void,
): People {
  const { api, deps } = client;
  return {
    find: (hexkeyId) =>
      open.read((account) =>
        api.call(routes.findPerson, { caller: callerOf(client, account), query: { hexkeyId } }),
      ),
    findByPhone: (phone) =>
      open.read((account) =>
        api.call(routes.findByPhone, { caller: callerOf(client, account), body: { phone: phone.reveal() } }),
      ),
    contacts: () =>
      open.read(
        async (account) =>
          (await api.call(routes.listContacts, { caller: callerOf(client, account) })).people,
      ),
    add: (hexkeyId) =>
      open.read(async (account) => {
        const body = { hexkeyId };
        const person = await api.call(routes.addContact, { caller: callerOf(client, account), body });
        onRelation(person);
        return person;
      }),
    remove: (hexkeyId) =>
      open.read(async (account) => {
        await api.call(routes.removeContact, { caller: callerOf(client, account), body: { hexkeyId } });
        onRelation({ hexkeyId, relation: 'none' });
      }),
    blocked: () =>
      open.read(
        async (account) => (await api.call(routes.listBlocked, { caller: callerOf(client, account) })).people,
      ),
    block: (hexkeyId) =>
      open.read(async (account) => {
        const body = { hexkeyId };
        const person = await api.call(routes.blockPerson, { caller: callerOf(client, account), body });
        onRelation(person);
        return person;
      }),
    unblock: (hexkeyId) =>
      open.read(async (account) => {
        await api.call(routes.unblockPerson, { caller: callerOf(client, account), body: { hexkeyId } });
        onRelation({ hexkeyId, relation: 'none' });
      }),
    report: (hexkeyId, reason, content) =>
      open.read(async (account) => {
        const body = { hexkeyId, reason, content };
        await api.call(routes.reportPerson, { caller: callerOf(client, account), body });
      }),
    setPicture: (image) =>
      open.read(async (account) => {
        const body = { image: toBase64url(image) };
        await api.call(routes.putAvatar, { caller: callerOf(client, account), body });
      }),
    removePicture: () =>
      open.read(async (account) => {
        await api.call(routes.removeAvatar, { caller: callerOf(client, account) });
      }),
    pictureUrl: (avatarId) => (avatarId === null ? null : `${deps.origin}${avatarPath(avatarId)}`),
  };
}
