import type { Kysely, Selectable } from 'kysely';
import type { KeyPackagesTable, Tables } from '../database/tables.ts';

export type StoredKeyPackage = Selectable<KeyPackagesTable>;
export type KeyPackagesStore = ReturnType<typeof keyPackagesStore>;

/** One device's claimed package. */
export interface Claimed {
  readonly device_id: string;
  readonly key_package: Uint8Array;
}

export function keyPackagesStore(db: Kysely<Tables>) {
  const countOf = async (deviceId: string, nowMs: number): Promise<number> => {
    const { count } = await db
      .selectFrom('key_packages')
      .select((build) => build.fn.countAll<number>().as('count'))
      .where('device_id', '=', deviceId)
      .where('is_last_resort', '=', false)
      .where('expires_at_ms', '>', nowMs)
      .executeTakeFirstOrThrow();
    return Number(count);
  };

  return {
    /** How many one-time packages of a device are there. */
    count: countOf,

    async add(packages: readonly StoredKeyPackage[]): Promise<void> {
      if (packages.length > 0) await db.insertInto('key_packages').values(packages).execute();
    },

    async dropLastResort(deviceId: string): Promise<void> {
      await db
        .deleteFrom('key_packages')
        .where('device_id', '=', deviceId)
        .where('is_last_resort', '=', true)
        .execute();
    },

    async dropOfAccount(accountId: string): Promise<void> {
      await db.deleteFrom('key_packages').where('account_id', '=', accountId).execute();
    },

    /** Keeps the newest of a device's one-time packages. */
    async keepNewest(deviceId: string, kept: number): Promise<void> {
      const newest = db
        .selectFrom('key_packages')
        .select('id')
        .where('device_id', '=', deviceId)
        .where('is_last_resort', '=', false)
        .orderBy('expires_at_ms', 'desc')
        .orderBy('id')
        .limit(kept);
      await db
        .deleteFrom('key_packages')
        .where('device_id', '=', deviceId)
        .where('is_last_resort', '=', false)
        .where('id', 'not in', newest)
        .execute();
    },

    /** The one of last resort of each live device of an account; it stays. */
    async lastResorts(accountId: string, nowMs: number): Promise<Claimed[]> {
      return await db
        .selectFrom('key_packages')
        .select(['device_id', 'key_package'])
        .where('account_id', '=', accountId)
        .where('is_last_resort', '=', true)
        .where('expires_at_ms', '>', nowMs)
        .orderBy('device_id')
        .execute();
    },

    /** Takes a one-time package of each device, the oldest: nobody else gets it. Call inside a transaction. */
    async takeOneOfEach(accountId: string, nowMs: number): Promise<Claimed[]> {
      const devices = await db
        .selectFrom('key_packages')
        .select('device_id')
        .distinct()
        .where('account_id', '=', accountId)
        .where('is_last_resort', '=', false)
        .where('expires_at_ms', '>', nowMs)
        .execute();
      const taken: Claimed[] = [];
      for (const { device_id: deviceId } of devices) {
        const oldest = await db
          .selectFrom('key_packages')
          .select('id')
          .where('device_id', '=', deviceId)
          .where('is_last_resort', '=', false)
          .where('expires_at_ms', '>', nowMs)
          .orderBy('expires_at_ms')
          .orderBy('id')
          .limit(1)
          // Two who claim at once get two packages, and neither waits for the other.
          .forUpdate()
          .skipLocked()
          .executeTakeFirst();
        if (oldest === undefined) continue;
        const gone = db.deleteFrom('key_packages').where('id', '=', oldest.id);
        taken.push(await gone.returning(['device_id', 'key_package']).executeTakeFirstOrThrow());
      }
      return taken;
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('key_packages').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
