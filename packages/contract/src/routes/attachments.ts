import { Type } from 'typebox';
import { route } from '../route.ts';
import { Exact, Uuid } from '../schemas.ts';

const Attachment = Exact({ attachmentId: Uuid });

/** The bytes follow at `attachmentPath`. The same again, from the same device, changes nothing. */
export const createAttachment = route({
  name: 'createAttachment',
  summary: 'Announces a sealed attachment for a conversation',
  method: 'POST',
  path: '/api/v1/attachments',
  access: 'full',
  body: Exact({
    /** Made by the client. */
    attachmentId: Uuid,
    groupId: Uuid,
    /** Of all that will be uploaded, sealed. */
    lengthBytes: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  }),
});

/** This device has it. With the last one the server forgets it. Again, or of one that is gone, it changes nothing. */
export const takenAttachment = route({
  name: 'takenAttachment',
  summary: 'Says that this device has an attachment',
  method: 'POST',
  path: '/api/v1/attachments/taken',
  access: 'full',
  body: Attachment,
});

/** By the account that uploaded it, finished or not. Of one that is gone it changes nothing. */
export const dropAttachment = route({
  name: 'dropAttachment',
  summary: 'Takes an attachment of the account back',
  method: 'POST',
  path: '/api/v1/attachments/drop',
  access: 'full',
  body: Attachment,
});
