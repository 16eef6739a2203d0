import { CodeSent, RecoveryContactView } from '../recovery-views.ts';
import { route } from '../route.ts';
import { ContactCode, Exact, HexkeyId, Uuid } from '../schemas.ts';

/** Refusals name their reason to the owner, who has shown the PIN. */
export const requestRecoveryContactCode = route({
  name: 'requestRecoveryContactCode',
  summary: 'Team Hexkey sends the chosen contact a 4-digit code',
  method: 'POST',
  path: '/api/v1/recovery-contact/codes',
  access: 'full',
  pinAuth: true,
  body: Exact({ hexkeyId: HexkeyId }),
  answer: CodeSent,
});

export const setRecoveryContact = route({
  name: 'setRecoveryContact',
  summary: 'Makes the contact who received the code the recovery contact, in place of any other',
  method: 'PUT',
  path: '/api/v1/recovery-contact',
  access: 'full',
  pinAuth: true,
  body: Exact({ verificationId: Uuid, code: ContactCode }),
  answer: RecoveryContactView,
});

export const viewRecoveryContact = route({
  name: 'viewRecoveryContact',
  summary: 'Who the recovery contact is',
  method: 'POST',
  path: '/api/v1/recovery-contact/view',
  access: 'full',
  pinAuth: true,
  answer: RecoveryContactView,
});

export const removeRecoveryContact = route({
  name: 'removeRecoveryContact',
  summary: 'Removes the recovery contact',
  method: 'DELETE',
  path: '/api/v1/recovery-contact',
  access: 'full',
  pinAuth: true,
});

/** Also ends the session that the login made, while that is locked, and pauses logins through the contact for 24 hours. */
export const refuseContactLogin = route({
  name: 'refuseContactLogin',
  summary: 'Refuses a login through the recovery contact',
  method: 'POST',
  path: '/api/v1/recovery-contact/logins/refuse',
  access: 'full',
  pinAuth: true,
  body: Exact({ contactLoginId: Uuid }),
});
