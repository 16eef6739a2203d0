import { openPostgres } from '@hexkey/api';
import { freePort, launchChromium } from '@hexkey/testing';
import { startHexkey, temporaryFolder } from '../../e2e/harness.ts';
import { forkTypeScript, messageOf } from '../node-process.ts';
import type { LocalPostgres } from '../pin-network/local-postgres.ts';
import { percentile } from '../pin-network/unlocks.ts';
import type { Result } from '../record-results.ts';
import { systemClock } from '../system.ts';
import { connectTown, disconnectTown, keepPace } from './drive-messages.ts';
import { seedConversations } from './seed-conversations.ts';
import { openTwoPeople, type TwoPeople, say as write } from './two-people.ts';
import { watchPage } from './watch-page.ts';

const town = { pairs: 250, devicesOfReceiver: 1 };
/** Messages a second of others at the same server; the goal is for the last. */
const rates = [0, 200, 1000];
const goalMs = { 0.5: 30, 0.99: 150 } as const;
const rounds = Number(process.env.HEXKEY_BENCH_SHOWN ?? 200);

/**
 * From Enter in one browser to the text in another one's page: two people in Chromium over the whole of `npm start`, its account server on
 * PostgreSQL, while others write to each other through the same front door. Beside it a frame of the same size between the same two pages over a
 * server that only passes it on.
 */
export async function measureShown(postgres: LocalPostgres): Promise<readonly Result[]> {
  const folder = temporaryFolder();
  const databaseUrl = await postgres.createDatabase();
  const settings = { HEXKEY_NODES: '3', DATABASE_URL: databaseUrl };
  const hexkey = await startHexkey(folder.path, await freePort(), settings);
  const floor = forkTypeScript(new URL('./routing-floor.ts', import.meta.url));
  const browser = await launchChromium();
  try {
    const { url } = await messageOf<{ url: string }>(floor);
    say(`two people register at ${hexkey.origin}`);
    const people = await openTwoPeople(browser, hexkey.origin);
    for (const page of [people.writer, people.reader]) {
      // What runs in the page was compiled for this process, with a helper that names functions.
      await page.evaluate('globalThis.__name = (named) => named');
      await page.evaluate(watchPage, `${url}/pages`);
    }
    say('others connect');
    await seed(databaseUrl);
    const lines = await connectTown(hexkey.origin, town);
    const results: Result[] = [];
    for (const perSecond of rates) {
      say(`${rounds} messages beside ${perSecond} a second`);
      const end = new AbortController();
      const load = keepPace(lines, perSecond, end.signal);
      const times = await measure(people, perSecond);
      end.abort();
      results.push(...resultsOf(perSecond, await load, times));
    }
    disconnectTown(lines);
    return results;
  } finally {
    await browser.close();
    if (floor.connected) floor.disconnect();
    await hexkey.stop();
    folder.remove();
  }
}

async function seed(databaseUrl: string): Promise<void> {
  const database = openPostgres(databaseUrl, ({ message }) => process.stderr.write(`${message}\n`));
  await seedConversations(database.db, town, systemClock.now());
  await database.close();
}

interface Times {
  readonly shown: readonly number[];
  readonly floor: readonly number[];
}

let frames = 0;

async function measure({ writer, reader }: TwoPeople, perSecond: number): Promise<Times> {
  const times = { shown: [] as number[], floor: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const text = `note-${perSecond}-${round}`;
    await write(writer, text);
    const shownAtMs = await reader.evaluate((given) => window.benchNotes.shownAtMs(given), text);
    times.shown.push(shownAtMs - (await writer.evaluate(() => window.benchNotes.pressedAtMs)));
    frames += 1;
    const sentAtMs = await writer.evaluate(() => window.benchNotes.sendRaw());
    times.floor.push(
      (await reader.evaluate((count) => window.benchNotes.heardAtMs(count), frames)) - sentAtMs,
    );
  }
  return times;
}

function resultsOf(perSecond: number, reached: number, { shown, floor }: Times): readonly Result[] {
  const others =
    perSecond === 0
      ? 'nobody else writing'
      : `${perSecond} messages/s of others wanted, ${Math.round(reached)} delivered`;
  return ([0.5, 0.99] as const).map((fraction) => {
    const [ours, peer] = [rounded(percentile(shown, fraction)), rounded(percentile(floor, fraction))];
    const isGoal = perSecond === rates.at(-1);
    return {
      metric: `from Enter to the text in another browser's page, ${others}, p${fraction * 100} of ${shown.length}, against a bare frame between the same pages`,
      ours,
      peer,
      ratio: rounded(ours / peer),
      unit: 'ms',
      goal: isGoal ? `< ${goalMs[fraction]} ms` : 'reported',
      met: !isGoal || ours < goalMs[fraction],
    };
  });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const rounded = (value: number) => Math.round(value * 100) / 100;
