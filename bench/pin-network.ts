import { startLocalPostgres } from './pin-network/local-postgres.ts';
import { measureGrowth } from './pin-network/measure-growth.ts';
import { measureUnlock } from './pin-network/measure-unlock.ts';
import { measureUnlockInChromium } from './pin-network/measure-unlock-in-chromium.ts';
import { raceGuesses } from './pin-network/race-guesses.ts';
import { startUnlockNetwork } from './pin-network/unlock-network.ts';
import { recordResults } from './record-results.ts';

/** Registered users of the node that is measured. `HEXKEY_BENCH_USERS` may name other sizes: `1000,20000`. */
const sizes = (process.env.HEXKEY_BENCH_USERS ?? '1000,100000,1000000').split(',').map(Number);

// Nodes and network of the PIN: latency, races, and what a million users cost (specification, section 9). Each part is
// recorded when it ends: a later one that fails takes nothing with it.
const network = await startUnlockNetwork();
try {
  say('unlocking in Chromium with one node silent');
  recordResults('pin-network, Chromium', [await measureUnlockInChromium(network)]);
  recordResults('pin-network, dead and silent nodes', await measureUnlock(network, say));
} finally {
  await network.stop();
}

const postgres = await startLocalPostgres();
if (postgres === null) say('no PostgreSQL server in /usr/lib/postgresql: its figures are left out');
try {
  say('racing guesses');
  recordResults('pin-network, races', await raceGuesses(postgres));
  recordResults('pin-network, growth', await measureGrowth(sizes, postgres, say));
} finally {
  await postgres?.stop();
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
