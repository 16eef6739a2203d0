import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import pg from 'pg';
import type { Result } from '../record-results.ts';
import { systemRandom } from '../system.ts';
import { copyToPostgres, fillSqlite, sqliteFile } from './fill-stores.ts';
import type { LocalPostgres } from './local-postgres.ts';
import { type PopulatedNode, startPopulatedNode } from './populated-node.ts';
import { populationOf } from './population.ts';

const turns = 4;
const accountsEachTurn = 200;
const goalFlatness = 0.9;
/** A million users then fit a disk of two gigabytes at each node, database and attempt log together. */
const goalBytes = 2048;
/** What a client sends to register: the Register2 body of the specification, section 2. */
const registrationBytes = 663;

const realmId = systemRandom(16);
const population = populationOf(realmId, Date.now());

/** One of the sizes, in both stores. */
interface Filled {
  readonly users: number;
  readonly dataDirectory: string;
  readonly databaseUrl: string | null;
}

/**
 * Recovers per CPU second and bytes per user as the number of registered users grows. Nodes over stores of all sizes
 * take turns, so that whatever else the machine does meets all.
 * @param sizes ascending
 * @param say told what is being done
 */
export async function measureGrowth(
  sizes: readonly number[],
  postgres: LocalPostgres | null,
  say: (line: string) => void,
): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hexkey-bench-'));
  const filled: Filled[] = [];
  for (const users of sizes) {
    const dataDirectory = join(folder, String(users));
    const startedMs = Date.now();
    await fillSqlite(dataDirectory, realmId, population, users, say);
    const databaseUrl = postgres && (await fillPostgres(postgres, dataDirectory));
    filled.push({ users, dataDirectory, databaseUrl });
    say(`${users} users registered in ${Math.round((Date.now() - startedMs) / 1000)} s`);
  }
  const largest = filled.at(-1) as Filled;
  const results = [...bytesOfSqlite(largest), ...(await bytesOfPostgres(largest))];
  results.unshift(...(await flatness('SQLite', filled, null)));
  if (postgres !== null)
    results.push(...(await flatness('PostgreSQL, its own CPU included', filled, postgres)));
  rmSync(folder, { recursive: true });
  return results;
}

async function fillPostgres(postgres: LocalPostgres, dataDirectory: string): Promise<string> {
  const databaseUrl = await postgres.createDatabase();
  await withPool(databaseUrl, (pool) => copyToPostgres(dataDirectory, realmId, databaseUrl, pool));
  return databaseUrl;
}

async function flatness(
  store: string,
  filled: readonly Filled[],
  postgres: LocalPostgres | null,
): Promise<Result[]> {
  const nodes: { readonly users: number; readonly node: PopulatedNode; seconds: number }[] = [];
  for (const { users, dataDirectory, databaseUrl } of filled) {
    const place = { dataDirectory, databaseUrl: postgres === null ? null : databaseUrl };
    const node = await startPopulatedNode(realmId, place, population, users, postgres?.cpuSeconds);
    await node.verifySample(50);
    await node.recover(accountsEachTurn);
    nodes.push({ users, node, seconds: 0 });
  }
  for (let turn = 0; turn < turns; turn += 1)
    for (const item of nodes) item.seconds += (await item.node.recover(accountsEachTurn)) / turns;
  for (const { node } of nodes) await node.stop();
  const [smallest, ...larger] = nodes;
  if (smallest === undefined) return [];
  return larger.map(({ users, seconds }) => ({
    metric: `full recover by our client, one node on ${store}: ${users} registered users against ${smallest.users}`,
    ours: Math.round(1 / seconds),
    peer: Math.round(1 / smallest.seconds),
    ratio: hundredths(smallest.seconds / seconds),
    unit: 'recovers per server CPU-second',
    goal: `>= ${goalFlatness}x`,
    met: smallest.seconds / seconds >= goalFlatness,
  }));
}

function bytesOfSqlite({ users, dataDirectory }: Filled): Result[] {
  const file = sqliteFile(dataDirectory);
  const asIs = statSync(file).size / users;
  const database = new Database(file);
  database.exec('vacuum; pragma wal_checkpoint(truncate)');
  database.close();
  return bytesResults('SQLite', users, asIs, statSync(file).size / users);
}

async function bytesOfPostgres({ users, databaseUrl }: Filled): Promise<Result[]> {
  if (databaseUrl === null) return [];
  return withPool(databaseUrl, async (pool) => {
    const bytesEach = async () => {
      const { rows } = await pool.query(
        `select pg_total_relation_size('pin_records') + pg_total_relation_size('attempt_entries') as bytes`,
      );
      return Number(rows[0].bytes) / users;
    };
    const asIs = await bytesEach();
    await pool.query('vacuum full pin_records');
    await pool.query('vacuum full attempt_entries');
    return bytesResults('PostgreSQL', users, asIs, await bytesEach());
  });
}

function bytesResults(store: string, users: number, asIs: number, afterVacuum: number): Result[] {
  return (
    [
      ['as they were registered', asIs],
      ['after vacuum', afterVacuum],
    ] as const
  ).map(([when, bytes]) => ({
    metric: `bytes a user takes at one node with two log entries, ${store}, ${users} users, ${when}, against the bytes of a registration on the wire`,
    ours: Math.round(bytes),
    peer: registrationBytes,
    ratio: hundredths(bytes / registrationBytes),
    unit: 'bytes',
    goal: `<= ${goalBytes} bytes`,
    met: bytes <= goalBytes,
  }));
}

async function withPool<T>(databaseUrl: string, use: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: databaseUrl });
  try {
    return await use(pool);
  } finally {
    await pool.end();
  }
}

export function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
