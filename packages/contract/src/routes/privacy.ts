import { Type } from 'typebox';
import { PersonView } from '../recovery-views.ts';
import { route } from '../route.ts';
import { Exact, HexkeyId, Nullable, PhoneNumber } from '../schemas.ts';

const FromWhom = Type.Union([Type.Literal('everybody'), Type.Literal('contacts')]);

/** Contacts are those whom the owner has added. */
const PrivacySettings = Exact({
  /** Who can send messages to me. */
  messages: FromWhom,
  /** Who can add me to groups. */
  groups: FromWhom,
  /** Who can find me by phone number. `nobody`: not even contacts who hold it. */
  foundByPhone: Type.Union([Type.Literal('everybody'), Type.Literal('contacts'), Type.Literal('nobody')]),
});

export const getPrivacy = route({
  name: 'getPrivacy',
  summary: 'Who reaches and finds the caller',
  method: 'GET',
  path: '/api/v1/privacy',
  access: 'full',
  answer: PrivacySettings,
});

export const putPrivacy = route({
  name: 'putPrivacy',
  summary: 'Changes who reaches and finds the caller',
  method: 'PUT',
  path: '/api/v1/privacy',
  access: 'full',
  body: PrivacySettings,
});

/**
 * Limited. A number that nobody has, somebody who hides it from the caller and somebody who blocks the caller are `NotFound` (person) all alike, in
 * the answer and in the time it takes. The number travels in the body only.
 */
export const findByPhone = route({
  name: 'findByPhone',
  summary: 'The person with a phone number, if they let the caller find them',
  method: 'POST',
  path: '/api/v1/people/by-phone',
  access: 'full',
  body: Exact({ phone: PhoneNumber }),
  answer: PersonView,
});

/** For the operator. Nothing anybody wrote is in it but what the reporter chooses to include. Limited. */
export const reportPerson = route({
  name: 'reportPerson',
  summary: 'Reports a person to the operator of this server',
  method: 'POST',
  path: '/api/v1/reports',
  access: 'full',
  bodyLimitBytes: 16 * 1024,
  body: Exact({
    hexkeyId: HexkeyId,
    reason: Type.Union([
      Type.Literal('spam'),
      Type.Literal('abuse'),
      Type.Literal('impersonation'),
      Type.Literal('other'),
    ]),
    /** Messages the reporter copied into the report, or their own words; null for none. */
    content: Nullable(Type.String({ minLength: 1, maxLength: 2000 })),
  }),
});
