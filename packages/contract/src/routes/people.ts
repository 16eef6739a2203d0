import { Type } from 'typebox';
import { avatarLimitBytes } from '../avatars.ts';
import { PersonView } from '../recovery-views.ts';
import { route } from '../route.ts';
import { AvatarId, BytesUpTo, Exact, HexkeyId } from '../schemas.ts';

const Somebody = Exact({ hexkeyId: HexkeyId });
const People = Exact({ people: Type.Array(PersonView) });

/** Limited: Hexkey IDs are random, and who tries many finds nobody. */
export const findPerson = route({
  name: 'findPerson',
  summary: 'The person with a Hexkey ID',
  method: 'GET',
  path: '/api/v1/people',
  access: 'full',
  query: Somebody,
  answer: PersonView,
});

export const listContacts = route({
  name: 'listContacts',
  summary: 'Everybody the caller has added, by name',
  method: 'GET',
  path: '/api/v1/contacts',
  access: 'full',
  answer: People,
});

/** One-sided: they are not told. Adding somebody ends their block. */
export const addContact = route({
  name: 'addContact',
  summary: 'Adds a person to the contacts',
  method: 'POST',
  path: '/api/v1/contacts',
  access: 'full',
  body: Somebody,
  answer: PersonView,
});

/** Removing somebody who is not there changes nothing. */
export const removeContact = route({
  name: 'removeContact',
  summary: 'Removes a person from the contacts',
  method: 'POST',
  path: '/api/v1/contacts/remove',
  access: 'full',
  body: Somebody,
});

export const listBlocked = route({
  name: 'listBlocked',
  summary: 'Everybody the caller blocks, by name',
  method: 'GET',
  path: '/api/v1/blocks',
  access: 'full',
  answer: People,
});

/** Blocking also removes them from the contacts. They are not told. */
export const blockPerson = route({
  name: 'blockPerson',
  summary: 'Blocks a person',
  method: 'POST',
  path: '/api/v1/blocks',
  access: 'full',
  body: Somebody,
  answer: PersonView,
});

export const unblockPerson = route({
  name: 'unblockPerson',
  summary: 'Ends the block of a person; they are no contact then',
  method: 'POST',
  path: '/api/v1/blocks/remove',
  access: 'full',
  body: Somebody,
});

/** The picture is served to everybody at `avatarPath`, so the client removes what a camera writes into it. */
export const putAvatar = route({
  name: 'putAvatar',
  summary: "Replaces the caller's picture",
  method: 'PUT',
  path: '/api/v1/account/avatar',
  access: 'full',
  bodyLimitBytes: 96 * 1024,
  body: Exact({ image: BytesUpTo(avatarLimitBytes) }),
  answer: Exact({ avatarId: AvatarId }),
});

export const removeAvatar = route({
  name: 'removeAvatar',
  summary: "Removes the caller's picture",
  method: 'DELETE',
  path: '/api/v1/account/avatar',
  access: 'full',
});
