import type { Kysely, Selectable } from 'kysely';
import type { AccountsTable, Tables } from '../database/tables.ts';
import { isUniqueViolation } from '../database/unique-violation.ts';

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
          left_node_set_hash: null,
          sealed_entropy: null,
          pin_set_at_ms: null,
          words_backed_up_at_ms: null,
          phone_verified_at_ms: words ? null : nowMs,
          last_pin_at_ms: null,
          deleted_at_ms: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      return row ?? null;
    },

    async get(id: string): Promise<Account | null> {
      return (await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async findByHexkeyId(hexkeyId: string): Promise<Account | null> {
      const rows = db.selectFrom('accounts').selectAll().where('hexkey_id', '=', hexkeyId);
      return (await rows.executeTakeFirst()) ?? null;
    },

    async findByLoginKey(loginKey: Uint8Array): Promise<Account | null> {
      const rows = db.selectFrom('accounts').selectAll().where('login_key', '=', loginKey);
      return (await rows.executeTakeFirst()) ?? null;
    },

    async findByPhone(phoneHash: Uint8Array): Promise<Account | null> {
      const rows = db.selectFrom('accounts').selectAll().where('phone_hash', '=', phoneHash);
      return (await rows.executeTakeFirst()) ?? null;
    },

    /** @param phone.sealedEntropy null leaves the one that is stored */
    async linkPhone(
      id: string,
      phone: {
        readonly hash: Uint8Array;
        readonly sealed: Uint8Array;
        readonly sealedEntropy: Uint8Array | null;
      },
    ): Promise<void> {
      const { hash, sealed, sealedEntropy } = phone;
      await db
        .updateTable('accounts')
        .set({
          phone_hash: hash,
          phone_sealed: sealed,
          ...(sealedEntropy === null ? {} : { sealed_entropy: sealedEntropy }),
        })
        .where('id', '=', id)
        .execute();
    },

    /** The number alone: the sealed entropy stays, for the words. */
    async unlinkPhone(id: string): Promise<void> {
      await db
        .updateTable('accounts')
        .set({ phone_hash: null, phone_sealed: null, phone_verified_at_ms: null })
        .where('id', '=', id)
        .execute();
    },

    async dateVerification(id: string, nowMs: number): Promise<void> {
      await db.updateTable('accounts').set({ phone_verified_at_ms: nowMs }).where('id', '=', id).execute();
    },

    /** Remembers to the hour when the PIN was last shown, with at most one write an hour. */
    async notePin(id: string, nowMs: number): Promise<void> {
      await db
        .updateTable('accounts')
        .set({ last_pin_at_ms: nowMs })
        .where('id', '=', id)
        .where((where) =>
          where.or([where('last_pin_at_ms', 'is', null), where('last_pin_at_ms', '<', nowMs - 3_600_000)]),
        )
        .execute();
    },

    async markWordsBackedUp(id: string, nowMs: number): Promise<void> {
      const update = db.updateTable('accounts').set({ words_backed_up_at_ms: nowMs });
      await update.where('id', '=', id).where('words_backed_up_at_ms', 'is', null).execute();
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
        if (isUniqueViolation(error)) return 'login-key-taken';
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

    /** The PIN opens another secret from now on. */
    async replaceSecret(
      id: string,
      secret: { readonly pin_auth_key: Uint8Array; readonly sealed_entropy: Uint8Array | null },
      nowMs: number,
    ): Promise<void> {
      const { pin_auth_key, sealed_entropy } = secret;
      await db
        .updateTable('accounts')
        .set({ pin_auth_key, sealed_entropy, pin_set_at_ms: nowMs })
        .where('id', '=', id)
        .where('pin_state', '=', 'set')
        .execute();
    },

    /** @returns false when the account is on another set than `from` by now */
    async moveNodeSet(id: string, from: Uint8Array, to: Uint8Array): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('accounts')
        .set({ node_set_hash: to, left_node_set_hash: from })
        .where('id', '=', id)
        .where('node_set_hash', '=', from)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    /** Nothing of the account is left at the set it came from. @param own the set it is on */
    async forgetLeftNodeSet(id: string, own: Uint8Array): Promise<void> {
      const update = db.updateTable('accounts').set({ left_node_set_hash: null });
      await update.where('id', '=', id).where('node_set_hash', '=', own).execute();
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
