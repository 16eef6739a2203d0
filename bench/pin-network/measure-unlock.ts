import type { Result } from '../record-results.ts';
import { officialClient } from './official-client.ts';
import { ourClient } from './our-client.ts';
import type { UnlockNetwork } from './unlock-network.ts';
import { percentile, type Unlocks, within } from './unlocks.ts';

const samples = 30;
const officialSamples = 5;
export const hangAfterMs = 30_000;
const goalBeyondHashMs = 1000;

/**
 * A full unlock 3-of-5 from this process, argon2id included, while nodes fail: first none, then one is silent, then one
 * and two are dead. Afterwards they stay dead.
 */
export async function measureUnlock(network: UnlockNetwork, say: (line: string) => void): Promise<Result[]> {
  const ours = await ourClient(network);
  const official = await officialClient(network);
  const results: Result[] = [];
  async function measure(condition: string): Promise<void> {
    say(`unlocking with ${condition}`);
    results.push(...(await compare(condition, ours, official)));
  }
  await measure('no node dead');
  await whileSilent(network, () => measure('one node silent'));
  await network.nodes[4]?.stop();
  await measure('one node dead');
  await network.nodes[3]?.stop();
  await measure('two nodes dead');
  await ours.settled();
  return results;
}

/** The last node takes connections and answers nothing. */
export async function whileSilent<T>(network: UnlockNetwork, work: () => Promise<T>): Promise<T> {
  const silent = network.nodes.at(-1);
  silent?.freeze();
  try {
    return await work();
  } finally {
    silent?.thaw();
  }
}

async function compare(condition: string, ours: Unlocks, official: Unlocks): Promise<Result[]> {
  await ours.unlock();
  const totals: number[] = [];
  const beyondHash: number[] = [];
  for (let count = 0; count < samples; count += 1) {
    const { totalMs, hashMs } = await ours.unlock();
    totals.push(totalMs);
    beyondHash.push(totalMs - (hashMs ?? 0));
  }
  const theirs: number[] = [];
  let hangs = false;
  for (let count = 0; count < officialSamples && !hangs; count += 1) {
    const unlock = await within(hangAfterMs, official.unlock());
    hangs = unlock === null;
    theirs.push(unlock?.totalMs ?? hangAfterMs);
  }
  const peer = hangs
    ? `the official client, which had not answered after ${hangAfterMs / 1000} s`
    : `the official client, ${officialSamples} times`;
  const worstBeyond = Math.round(Math.max(...beyondHash));
  return ([0.5, 0.99] as const).map((fraction) => ({
    metric: `unlock 3-of-5, ${condition}, p${fraction * 100} of ${samples} in Node with argon2id (at most ${worstBeyond} ms beyond it) against ${peer}`,
    ours: Math.round(percentile(totals, fraction)),
    peer: Math.round(percentile(theirs, fraction)),
    ratio: Math.round((percentile(theirs, fraction) / percentile(totals, fraction)) * 100) / 100,
    unit: 'ms',
    goal: `answer within argon2id + ${goalBeyondHashMs} ms`,
    met: worstBeyond <= goalBeyondHashMs,
  }));
}
