import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Exact, HexkeyId, Nullable, TimeMs } from './schemas.ts';

/** What another system calls an account: its operator finds people by it who have not upgraded yet. */
const Reference = Type.String({ pattern: '^[A-Za-z0-9._@:-]{1,64}$' });
export const isLegacyReference = (text: string): boolean => Value.Check(Reference, text);

/** A row as it stands in the file. What does not do is said row by row, so its fields are bounded here and judged later. */
export const LegacyRow = Exact({
  line: Type.Integer({ minimum: 1 }),
  phone: Type.String({ maxLength: 64 }),
  name: Type.String({ maxLength: 512 }),
  hash: Type.String({ maxLength: 1024 }),
  reference: Type.String({ maxLength: 512 }),
});
export type LegacyRow = Static<typeof LegacyRow>;

/**
 * `hash-format`: none of the hashes that are checked here. `hash-cost`: too dear to check. `number-taken`: by an account that did not come
 * from there. `number-twice`: another row has it. `imported-otherwise`: the account is here with another hash.
 */
export const LegacyRowProblem = Type.Union([
  Type.Literal('phone-number'),
  Type.Literal('name'),
  Type.Literal('reference'),
  Type.Literal('hash-format'),
  Type.Literal('hash-cost'),
  Type.Literal('number-taken'),
  Type.Literal('number-twice'),
  Type.Literal('imported-otherwise'),
]);
export type LegacyRowProblem = Static<typeof LegacyRowProblem>;

export const maxLegacyRows = 250;
const Count = Type.Integer({ minimum: 0 });

export const LegacyRows = Exact({ rows: Type.Array(LegacyRow, { minItems: 1, maxItems: maxLegacyRows }) });
/** With rows refused nothing was imported. */
export const LegacyImport = Exact({
  imported: Count,
  /** There already. */
  unchanged: Count,
  refused: Type.Array(Exact({ line: Type.Integer({ minimum: 1 }), problem: LegacyRowProblem })),
});
export type LegacyImport = Static<typeof LegacyImport>;

/** By Hexkey ID and the other system's reference; never a name or a number. */
export const LegacyReport = Exact({
  waiting: Count,
  upgraded: Count,
  accounts: Type.Array(
    Exact({ hexkeyId: HexkeyId, reference: Nullable(Type.String()), importedAtMs: TimeMs }),
  ),
});
