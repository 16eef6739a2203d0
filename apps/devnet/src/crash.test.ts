import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '@hexkey/testing';
import type { Address, KeyPairSigner } from '@solana/kit';
import { afterEach, expect, test } from 'vitest';
import { sqliteLedgerStore } from './ledger/ledger-store.ts';
import { callRpc, closeTestDevnets, newDataFolder } from './testing/test-devnet.ts';
import { signedWire, testSigner, transferOf } from './testing/test-wallet.ts';
import { parseTransaction } from './transactions/parse-transaction.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const children: ChildProcess[] = [];
const random = seededRandom('crash');

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await closeTestDevnets();
});

/** The real process, as the supervisor starts it. */
async function serve(dataFolder: string) {
  const env = { ...process.env, HEXKEY_DEVNET_DATA_DIR: dataFolder, HEXKEY_DEVNET_PORT: '0' };
  const child = fork(main, ['serve'], { execArgv: ['--import', 'tsx'], env, silent: true });
  children.push(child);
  const output = createInterface(child.stdout as NodeJS.ReadableStream);
  for await (const line of output) {
    const { msg, port } = JSON.parse(line);
    if (msg === 'listening') return { child, url: `http://127.0.0.1:${port}/ledger/` };
  }
  throw new Error('the devnet ended before it listened');
}

test('killed in a stream of transfers: what was confirmed is there, nothing twice, and balances are the sum of the log', async () => {
  const dataFolder = newDataFolder();
  const payer = await testSigner(1);
  const confirmed = new Set<string>();
  let amount = 1_000_000n;
  let running = await serve(dataFolder);
  await callRpc(running.url, 'requestAirdrop', [payer.address, 5_000_000_000]);
  for (let round = 0; round < 3; round += 1) {
    const before = confirmed.size;
    // Killed by the clock, wherever that meets it, but after some were confirmed.
    const killAfterMs = 20 + (random(1)[0] as number);
    const stream = payUntilDead(running.url, payer, () => (amount += 1n), confirmed);
    await expect.poll(() => confirmed.size, { interval: 5 }).toBeGreaterThan(before + 5);
    const kill = setTimeout(() => running.child.kill('SIGKILL'), killAfterMs);
    const unsure = await stream;
    clearTimeout(kill);
    running = await serve(dataFolder);
    // What was under way when it died is there or not; sent again, the same bytes do it once.
    for (const wire of unsure)
      await callRpc(running.url, 'sendTransaction', [wire, { encoding: 'base64', skipPreflight: true }]);
  }
  running.child.kill('SIGTERM');
  expect((await once(running.child, 'exit'))[0]).toBe(0);
  checkLog(dataFolder, confirmed);
});

/** Sends transfers, four at a time, until nobody answers. @returns those that got no answer */
async function payUntilDead(
  url: string,
  payer: KeyPairSigner,
  nextAmount: () => bigint,
  confirmed: Set<string>,
) {
  const unsure: string[] = [];
  const to = (await testSigner(2)).address;
  const worker = async () => {
    for (;;) {
      let wire: string | null = null;
      try {
        const latest = (await callRpc(url, 'getLatestBlockhash', [])) as { value: { blockhash: string } };
        wire = await signedWire(payer, latest.value.blockhash, [transferOf(payer, to, nextAmount())]);
        confirmed.add((await callRpc(url, 'sendTransaction', [wire, { encoding: 'base64' }])) as string);
      } catch (error) {
        // Nobody answers any more: `fetch` says so with a TypeError. Anything else is a failure of the test.
        if (!(error instanceof TypeError)) throw error;
        if (wire !== null) unsure.push(wire);
        return;
      }
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return unsure;
}

function checkLog(dataFolder: string, confirmed: ReadonlySet<string>): void {
  const store = sqliteLedgerStore(dataFolder);
  const to = new Set<string>();
  const sums = new Map<Address, bigint>();
  for (const [address, account] of store.accounts()) {
    let last: string | undefined;
    let sum = 0n;
    const log = store.history({ address, maxSlot: 1e9, before: null, until: null, limit: 1_000_000 });
    for (const { signature, wire, record } of [...log].reverse()) {
      const index = parseTransaction(wire).addresses.indexOf(address);
      const [pre, post] = [record.preBalances[index], record.postBalances[index]];
      // Each execution starts where the one before it ended: none is missing, none is there twice.
      if (last !== undefined) expect(pre).toBe(last);
      last = post;
      sum += BigInt(post ?? 0) - BigInt(pre ?? 0);
      to.add(signature);
    }
    expect(last).toBe(String(account.lamports));
    sums.set(address, sum);
  }
  for (const signature of confirmed) expect(to.has(signature)).toBe(true);
  // What one account lost others have, but for fees.
  const fees = [...to].reduce((total, one) => total + BigInt(store.find(one)?.record.fee ?? 0), 0n);
  expect([...sums.values()].reduce((total, one) => total + one, 0n)).toBe(-fees);
  expect(store.count()).toBe(to.size);
  store.close();
}
