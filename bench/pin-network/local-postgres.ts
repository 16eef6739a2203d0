import { createPostgresDatabase, startPostgres } from '@hexkey/testing';
import { cpuSecondsOfFamily } from './cpu-seconds.ts';

/** A PostgreSQL server of its own, with the settings it comes with, in a folder that goes when it stops. */
export interface LocalPostgres {
  /** @returns the URL of an empty database */
  createDatabase(): Promise<string>;
  /** Of all its processes. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

/** @returns null when this machine has no PostgreSQL */
export async function startLocalPostgres(): Promise<LocalPostgres | null> {
  const server = await startPostgres();
  if (server === null) return null;
  return {
    createDatabase: async () => (await createPostgresDatabase(server.urlOf('postgres'))).url,
    cpuSeconds: () => cpuSecondsOfFamily(server.pid),
    stop: server.stop,
  };
}
