import type { Secret } from '@hexkey/protocol';
import { StartRefusal } from '../start-refusal.ts';
import type { PinStore } from './pin-store.ts';
import { postgresPool, postgresStore } from './postgres-store.ts';
import { refuseUndurable } from './refuse-undurable.ts';
import { sqliteStore } from './sqlite-store.ts';

/** Where a node's records are. */
export interface StoreSettings {
  /** Holds the embedded database when there is no other. */
  readonly dataDirectory: string;
  readonly realmId: string;
  /** PostgreSQL; it may contain a password. */
  readonly databaseUrl: Secret<string> | null;
}

/** @throws {StartRefusal} a PostgreSQL that does not answer, is not this node's, or not durable */
export async function openStore(
  { dataDirectory, realmId, databaseUrl }: StoreSettings,
  onIdleError: (error: Error) => void,
): Promise<PinStore> {
  if (databaseUrl === null) return sqliteStore(dataDirectory);
  const pool = postgresPool(databaseUrl.reveal(), onIdleError);
  try {
    await refuseUndurable(pool);
    return await postgresStore(pool, realmId);
  } catch (error) {
    await pool.close();
    if (error instanceof StartRefusal) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StartRefusal(`PostgreSQL at DATABASE_URL does not serve (${code})`, { cause: error });
  }
}
