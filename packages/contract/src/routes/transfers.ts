import { Type } from 'typebox';
import { route } from '../route.ts';
import { BytesUpTo, Exact, HexkeyId, Nullable, Uuid } from '../schemas.ts';
import { TransferRecord, transactionLimitBytes } from '../wallet-views.ts';

/**
 * Before anything is signed. The same again is the same answer; another message under the intent is `TransferRefused` (intent). The server
 * reads the message as the nodes do.
 */
export const createTransfer = route({
  name: 'createTransfer',
  summary: 'Announces a transfer',
  method: 'POST',
  path: '/api/v1/transfers',
  access: 'full',
  pinAuth: true,
  orPayKey: true,
  body: Exact({
    intentId: Uuid,
    message: BytesUpTo(transactionLimitBytes),
    /** Where it was chosen as a person. */
    recipientHexkeyId: Nullable(HexkeyId),
  }),
  answer: TransferRecord,
});

/** The signature is the wallet's over the announced message, so whoever has it may put it. Other bytes are `TransferRefused` (bytes). */
export const putSignedTransfer = route({
  name: 'putSignedTransfer',
  summary: 'Keeps the signed bytes before they are sent to the ledger',
  method: 'PUT',
  path: '/api/v1/transfers/signed',
  access: 'full',
  body: Exact({ intentId: Uuid, transaction: BytesUpTo(transactionLimitBytes) }),
});

/** What the client saw on the ledger; informs the other devices, decides nothing. */
export const settleTransfer = route({
  name: 'settleTransfer',
  summary: 'Notes what became of a transfer',
  method: 'POST',
  path: '/api/v1/transfers/settle',
  access: 'full',
  body: Exact({
    intentId: Uuid,
    state: Type.Union([Type.Literal('confirmed'), Type.Literal('failed'), Type.Literal('expired')]),
    failure: Nullable(Type.String({ minLength: 1, maxLength: 200 })),
  }),
});

export const listTransfers = route({
  name: 'listTransfers',
  summary: "The account's transfers, newest first",
  method: 'GET',
  path: '/api/v1/transfers',
  access: 'full',
  query: Exact({
    /** Only those older than this one. */
    before: Type.Optional(Uuid),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  }),
  answer: Exact({ transfers: Type.Array(TransferRecord), more: Type.Boolean() }),
});
