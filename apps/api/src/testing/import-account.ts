import type { Clock, Random } from '@hexkey/protocol';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { transactOn } from '../database/transact.ts';
import type { ServerKeys } from '../keys/server-keys.ts';
import { importLegacyRows } from '../legacy-accounts/import-legacy-rows.ts';

/** An account of another system, as `hexkey-admin import-legacy` brings it in. @returns what reads whether its old PIN's hash is kept */
export async function importAccount(
  deps: {
    readonly db: Kysely<Tables>;
    readonly keys: ServerKeys;
    readonly clock: Clock;
    readonly random: Random;
  },
  phone: string,
  hash: string,
): Promise<{ keepsHash(): Promise<boolean> }> {
  const rows = [{ line: 2, phone, hash, name: '', reference: phone.slice(1) }];
  const answer = await transactOn(deps.db)((stores) => importLegacyRows(deps, stores, rows, true));
  if (answer.imported !== 1) throw new Error(JSON.stringify(answer.refused));
  return {
    async keepsHash() {
      const found = deps.db.selectFrom('legacy_accounts').select('hash_sealed');
      return (
        (await found.where('reference', '=', phone.slice(1)).executeTakeFirstOrThrow()).hash_sealed !== null
      );
    },
  };
}
