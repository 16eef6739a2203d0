import { CodeSent } from '../recovery-views.ts';
import { route } from '../route.ts';
import { Ed25519Signature, Exact, Locale, Nullable, SmsCode, TimeMs, Uuid } from '../schemas.ts';

/** Numbers of the owner's words about erasing, each higher than the one before. */
const Sequence = TimeMs;

/** Nothing is decided by it. A phone account gets a code; others have no number to send one to. */
export const prepareDeletion = route({
  name: 'prepareDeletion',
  summary: 'Before an account is deleted: the day it would be, and a code to the number of a phone account',
  method: 'POST',
  path: '/api/v1/account/deletion/prepare',
  access: 'full',
  pinAuth: true,
  body: Exact({ locale: Locale }),
  answer: Exact({ code: Nullable(CodeSent), effectiveAtMs: TimeMs }),
});

/** Ends every session of the account. Until the day, a login and the PIN take it back (`cancelDeletion`). */
export const requestDeletion = route({
  name: 'requestDeletion',
  summary: 'Deletes the account 30 days from now, with the order that its PIN nodes will obey then',
  method: 'POST',
  path: '/api/v1/account/deletion',
  access: 'full',
  pinAuth: true,
  body: Exact({
    /** As `prepareDeletion` said. */
    effectiveAtMs: TimeMs,
    sequence: Sequence,
    /** `EraseOrder.signature`, for the node set the account is on. */
    signature: Ed25519Signature,
    /** Of a phone account. */
    code: Nullable(Exact({ verificationId: Uuid, code: SmsCode })),
  }),
});

export const getDeletion = route({
  name: 'getDeletion',
  summary: 'Whether the account is about to be deleted',
  method: 'GET',
  path: '/api/v1/account/deletion',
  access: 'session',
  answer: Exact({
    pending: Nullable(Exact({ requestedAtMs: TimeMs, effectiveAtMs: TimeMs, sequence: Sequence })),
  }),
});

/** The client tells the nodes first; the server tells those that were away then. Again changes nothing. */
export const cancelDeletion = route({
  name: 'cancelDeletion',
  summary: 'Keeps an account that was about to be deleted',
  method: 'POST',
  path: '/api/v1/account/deletion/cancel',
  access: 'session',
  pinAuth: true,
  body: Exact({
    sequence: Sequence,
    /** `EraseWithdrawal.signature`. */
    signature: Ed25519Signature,
  }),
});
