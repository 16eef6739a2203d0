import type { Kysely, Selectable } from 'kysely';
import type { AccountsTable, Tables } from '../database/tables.ts';

export type Account = Selectable<AccountsTable>;
/** How a new account is reached: by one of the two, at first. */
export type FirstLogin =
  | { readonly registeredWith: 'words'; readonly loginKey: Uint8Array }
  | { readonly registeredWith: 'phone'; readonly phoneHash: Uint8Array; readonly phoneSealed: Uint8Array };

/** What the server keeps of a PIN: nothing of the digits. */
export interface PreparedPin {
  readonly pinAuthKey: Uint8Array;
  readonly loginKey: Uint8Array;
  readonly nodeSetHash: Uint8Array;
  readonly sealedEntropy: Uint8Array | null;
}

const uniqueViolation = '23505';
export type AccountsStore = ReturnType<typeof accountsStore>;

export function accountsStore(db: Kysely<Tables>) {
  return {
    /** @returns null when the id, Hexkey ID, login key or number is taken; nothing is written then */
    async create(id: string, hexkeyId: string, login: FirstLogin, nowMs: number): Promise<Account | null> {
      const words = login.registeredWith === 'words';
      const row = await db
        .insertInto('accounts')
        .values({
          id,
          hexkey_id: hexkeyId,
          name: null,
          registered_with: login.registeredWith,
          created_at_ms: nowMs,
          login_key: words ? login.loginKey : null,
          phone_hash: words ? null : login.phoneHash,
          phone_sealed: words ? null : login.phoneSealed,
          pin_state: 'unset',
          pin_auth_key: null,
          node_set_hash: null,
          sealed_entropy: null,
          pin_set_at_ms: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      return row ?? null;
    },

    async get(id: string): Promise<Account | null> {
      return (await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async findByLoginKey(loginKey: Uint8Array): Promise<Account | null> {
      const rows = db.selectFrom('accounts').selectAll().where('login_key', '=', loginKey);
      return (await rows.executeTakeFirst()) ?? null;
    },

    async findByPhone(phoneHash: Uint8Array): Promise<Account | null> {
      const rows = db.selectFrom('accounts').selectAll().where('phone_hash', '=', phoneHash);
      return (await rows.executeTakeFirst()) ?? null;
    },

    async rename(id: string, name: string): Promise<void> {
      await db.updateTable('accounts').set({ name }).where('id', '=', id).execute();
    },

    /** Replaces what was prepared before. Once the PIN is set nothing is changed. */
    async preparePin(id: string, pin: PreparedPin): Promise<'prepared' | 'already-set' | 'login-key-taken'> {
      const update = db
        .updateTable('accounts')
        .set({
          pin_state: 'prepared',
          pin_auth_key: pin.pinAuthKey,
          login_key: pin.loginKey,
          node_set_hash: pin.nodeSetHash,
          sealed_entropy: pin.sealedEntropy,
        })
        .where('id', '=', id)
        .where('pin_state', '!=', 'set');
      try {
        const { numUpdatedRows } = await update.executeTakeFirst();
        return numUpdatedRows === 1n ? 'prepared' : 'already-set';
      } catch (error) {
        if ((error as { code?: unknown }).code === uniqueViolation) return 'login-key-taken';
        throw error;
      }
    },

    /** @returns false unless exactly this PIN-auth key is prepared: a newer preparation is not activated by an older proof */
    async activatePin(id: string, pinAuthKey: Uint8Array, nowMs: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('accounts')
        .set({ pin_state: 'set', pin_set_at_ms: nowMs })
        .where('id', '=', id)
        .where('pin_state', '=', 'prepared')
        .where('pin_auth_key', '=', pinAuthKey)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async redatePin(id: string, nowMs: number): Promise<void> {
      await db
        .updateTable('accounts')
        .set({ pin_set_at_ms: nowMs })
        .where('id', '=', id)
        .where('pin_state', '=', 'set')
        .execute();
    },
  };
}
