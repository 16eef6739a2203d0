import { Type } from 'typebox';
import { route } from '../route.ts';
import { Exact, Nullable, TimeMs } from '../schemas.ts';

const Name = Type.String({ pattern: '^[a-z_]{1,64}$' });

/** What this server holds about an account, by kinds of records. */
const HoldingView = Exact({
  name: Name,
  /** In a sentence. */
  about: Type.String(),
  /** What is in the records and not given out, and why. */
  withheld: Type.Record(Type.String(), Type.String()),
});

export const openAccountExport = route({
  name: 'openAccountExport',
  summary: 'Opens, for this session and a quarter of an hour, what this server holds about the account',
  method: 'POST',
  path: '/api/v1/account/export',
  access: 'full',
  pinAuth: true,
  answer: Exact({
    holdings: Type.Array(HoldingView),
    /** Kinds of records with something of the account that are given out to nobody, and why. */
    notIncluded: Type.Record(Type.String(), Type.String()),
    endsAtMs: TimeMs,
  }),
});

/** Pages go on where the last one ended, so that a record that is removed meanwhile hides no other. */
export const readAccountExport = route({
  name: 'readAccountExport',
  summary: 'A page of one kind of records, after `openAccountExport`',
  method: 'GET',
  path: '/api/v1/account/export/records',
  access: 'full',
  query: Exact({ holding: Name, after: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })) }),
  answer: Exact({
    records: Type.Array(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
    ),
    next: Nullable(Type.String()),
  }),
});
