import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyPairOfSeed, Secret, toHex } from '@hexkey/protocol';
import pg from 'pg';
import type { RacerOrder, RacerReport } from '../guess-racer.ts';
import { tokenOf } from '../node-client.ts';
import { forkTypeScript, messageOf, startNodeProcess } from '../node-process.ts';
import type { Result } from '../record-results.ts';
import { systemRandom } from '../system.ts';
import { copyToPostgres, fillSqlite } from './fill-stores.ts';
import type { LocalPostgres } from './local-postgres.ts';
import { limits, orderOf } from './populated-node.ts';
import { populationOf } from './population.ts';

const processes = 4;
const guessesEach = 50;
const races = 20;
const buckets = ['newDevice', 'provenDevice'] as const;

const realmId = systemRandom(16);
const population = populationOf(realmId, Date.now());

/** Four processes guess at one account of one node, all at once, again and again with fresh accounts. */
export async function raceGuesses(postgres: LocalPostgres | null): Promise<Result[]> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'hexkey-bench-'));
  await fillSqlite(dataDirectory, realmId, population, races * buckets.length);
  const stores = [{ name: 'SQLite', databaseUrl: null as string | null }];
  if (postgres !== null) {
    const databaseUrl = await postgres.createDatabase();
    const pool = new pg.Pool({ connectionString: databaseUrl });
    await copyToPostgres(dataDirectory, realmId, databaseUrl, pool);
    await pool.end();
    stores.push({ name: 'PostgreSQL', databaseUrl });
  }
  const racers = Array.from({ length: processes }, () =>
    forkTypeScript(new URL('../guess-racer.ts', import.meta.url)),
  );
  const results: Result[] = [];
  for (const { name, databaseUrl } of stores) {
    const node = await startNodeProcess(orderOf(realmId, { dataDirectory, databaseUrl }));
    for (const [place, bucket] of buckets.entries()) {
      const granted: number[] = [];
      for (let race = 0; race < races; race += 1)
        granted.push(await raceOnce(racers, node.address, bucket, race * buckets.length + place));
      results.push(resultOf(name, bucket, granted));
    }
    await node.stop();
  }
  for (const racer of racers) racer.disconnect();
  rmSync(dataDirectory, { recursive: true });
  return results;
}

/** @returns how many guesses were granted */
async function raceOnce(
  racers: readonly ChildProcess[],
  address: string,
  bucket: (typeof buckets)[number],
  account: number,
): Promise<number> {
  const orders = racers.map(() => {
    const isProven = bucket === 'provenDevice';
    // One proven device in all four processes, or four new ones, which share a budget.
    const { seed, publicKey } = isProven
      ? population.deviceKeysOf(account)
      : keyPairOfSeed(new Secret(systemRandom(32)));
    const userId = population.userIdOf(account);
    return {
      address,
      realmId: toHex(realmId),
      userId,
      token: tokenOf(realmId, userId, { deviceKey: publicKey }),
      deviceSeed: toHex(seed.reveal()),
      version: toHex(population.registrationOf(account).version),
      guesses: guessesEach,
    } satisfies RacerOrder;
  });
  await Promise.all(
    racers.map((racer, index) => {
      racer.send(orders[index] as RacerOrder);
      return messageOf<'ready'>(racer);
    }),
  );
  const reports = await Promise.all(
    racers.map((racer) => {
      racer.send('go');
      return messageOf<RacerReport>(racer);
    }),
  );
  return reports.reduce((sum, report) => sum + report.granted, 0);
}

function resultOf(store: string, bucket: (typeof buckets)[number], granted: readonly number[]): Result {
  const limit = limits[bucket].attempts;
  const [least, most] = [Math.min(...granted), Math.max(...granted)];
  const exact = granted.filter((count) => count === limit).length;
  return {
    metric: `guesses granted of ${processes} processes × ${guessesEach} at once, ${bucket}, ${store}: most in ${races} races (least ${least}, exact in ${exact}) against the limit`,
    ours: most,
    peer: limit,
    ratio: most / limit,
    unit: 'guesses',
    goal: 'exactly the limit, never one more',
    met: exact === races,
  };
}
