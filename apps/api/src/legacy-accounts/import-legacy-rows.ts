import type { LegacyImport, LegacyRow, LegacyRowProblem } from '@hexkey/contract';
import { DomainError, isLegacyReference, schemas } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import { Value } from 'typebox/value';
import { createAccount } from '../accounts/create-account.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { phoneHash, readPhone, sealPhone } from '../phone-verification/phone-numbers.ts';
import { openLegacyHash, sealLegacyHash } from './legacy-seal.ts';
import { readLegacyHash } from './read-legacy-hash.ts';

type ImportDeps = Pick<Deps, 'clock' | 'random' | 'keys'>;
type ImportStores = Pick<Stores, 'accounts' | 'legacyAccounts'>;

interface NewAccount {
  readonly phone: Secret<string>;
  readonly name: string | null;
  readonly hash: string;
  readonly reference: string | null;
}

/**
 * Takes accounts in from another system, all of these rows or none: with a row that is refused nothing is written. A row that is there
 * already changes nothing, so that an import which was cut off is made again from its beginning; who has upgraded since stays upgraded.
 * Call inside a transaction.
 * @param writes false: only says what it would do
 */
export async function importLegacyRows(
  deps: ImportDeps,
  stores: ImportStores,
  rows: readonly LegacyRow[],
  writes: boolean,
): Promise<LegacyImport> {
  const refused: { readonly line: number; readonly problem: LegacyRowProblem }[] = [];
  const fresh: NewAccount[] = [];
  const numbers = new Set<string>();
  let unchanged = 0;
  for (const row of rows) {
    const verdict = numbers.has(row.phone) ? 'number-twice' : await judge(deps, stores, row);
    numbers.add(row.phone);
    if (verdict === 'unchanged') unchanged += 1;
    else if (typeof verdict === 'string') refused.push({ line: row.line, problem: verdict });
    else fresh.push(verdict);
  }
  if (refused.length > 0) return { imported: 0, unchanged: 0, refused };
  if (writes) for (const account of fresh) await add(deps, stores, account);
  return { imported: fresh.length, unchanged, refused };
}

/** Says nothing of what is in a row but which of its fields does not do. */
async function judge(
  deps: ImportDeps,
  stores: ImportStores,
  { phone: text, name: givenName, hash, reference }: LegacyRow,
): Promise<NewAccount | 'unchanged' | LegacyRowProblem> {
  const phone = phoneOf(text);
  if (phone === null) return 'phone-number';
  const name = givenName.trim().normalize('NFC');
  if (name !== '' && !Value.Check(schemas.ProfileName, name)) return 'name';
  if (reference !== '' && !isLegacyReference(reference)) return 'reference';
  const read = readLegacyHash(hash);
  if (typeof read === 'string') return read;
  const existing = await stores.accounts.findByPhone(phoneHash(deps.keys, phone));
  if (existing === null) return { phone, name: name || null, hash, reference: reference || null };
  const legacy = await stores.legacyAccounts.get(existing.id);
  if (legacy === null) return 'number-taken';
  if (legacy.hash_sealed === null) return 'unchanged';
  return openLegacyHash(deps.keys, existing.id, legacy.hash_sealed) === hash
    ? 'unchanged'
    : 'imported-otherwise';
}

function phoneOf(text: string): Secret<string> | null {
  try {
    return readPhone(text);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

async function add(deps: ImportDeps, stores: ImportStores, given: NewAccount): Promise<void> {
  const id = newUuid(deps.random);
  const { isNew } = await createAccount(deps, stores, id, {
    registeredWith: 'phone',
    phoneHash: phoneHash(deps.keys, given.phone),
    phoneSealed: sealPhone(deps, id, given.phone),
  });
  if (!isNew) throw new Error('the number was taken between being judged and being written');
  if (given.name !== null) await stores.accounts.rename(id, given.name);
  await stores.legacyAccounts.add({
    account_id: id,
    hash_sealed: sealLegacyHash(deps, id, given.hash),
    reference: given.reference,
    imported_at_ms: deps.clock.now(),
    upgraded_at_ms: null,
  });
}
