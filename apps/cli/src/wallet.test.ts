import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { keyPairOfSeed, Secret, toBase58, toHex } from '@hexkey/protocol';
import { fixedClock } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startNetwork, type TestNetwork } from '../../../packages/sdk/src/testing/network.ts';
import { startLedger, type TestLedger } from '../../../packages/sdk/src/testing/wallet-people.ts';
import { runCli } from './testing/run-cli.ts';

// The real program, a process for each command, against real servers, nodes and ledger.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pin = '271828';
let network: TestNetwork;
let ledger: TestLedger;
/** One origin for both, as the front door makes it. */
let door: Server;
let home = '';

beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2, fixedClock(Date.now())), startLedger()]);
  door = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url?.startsWith('/ledger/') ? ledger.rpcUrl : network.origin);
    const { method, url: path, headers } = incoming;
    const forwarded = request(
      { host: target.hostname, port: target.port, method, path, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  home = mkdtempSync(join(tmpdir(), 'hexkey-cli-wallet-'));
});
afterAll(async () => {
  door.closeAllConnections();
  await Promise.all([new Promise((resolve) => door.close(resolve)), network.stop(), ledger.stop()]);
  rmSync(home, { recursive: true });
});

/** How far the time of nodes, server and programs is ahead of this process's. */
let aheadMs = 0;
/** What moves a program's time: read before it starts. */
function timeOf(milliseconds: number): string {
  const file = join(home, 'moved-time');
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(milliseconds);
  writeFileSync(file, bytes);
  const preload = new URL('../../../e2e/moved-time.mjs', import.meta.url);
  preload.searchParams.set('offset', pathToFileURL(file).href);
  return `--import=${preload.href}`;
}

async function hexkey(profile: string, args: readonly string[], input: readonly string[] = []) {
  network.clock.advance(Date.now() + aheadMs - network.clock.now());
  const options = input.length === 0 ? [] : ['--pin-stdin'];
  return runCli([...args, '--profile', profile, '--json', ...options], {
    env: { HOME: home, ...(aheadMs > 0 && { NODE_OPTIONS: timeOf(aheadMs) }) },
    input: [...input],
  });
}
const origin = () => `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
const register = (profile: string) =>
  hexkey(
    profile,
    ['register', '--server', origin(), '--operator-key', toHex(network.operatorKey), '--nobody-can-reset-it'],
    [pin, pin, pin, pin],
  );

test('a wallet comes with the account, is filled, pays an address for the PIN, and both histories have it', async () => {
  for (const profile of ['ada', 'ben']) expect(await register(profile)).toMatchObject({ code: 0 });
  const { address } = JSON.parse((await hexkey('ben', ['wallet', 'receive'])).output) as { address: string };
  const filled = await hexkey('ada', ['wallet', 'faucet']);
  expect(JSON.parse(filled.output)).toMatchObject({ balances: [{ symbol: 'SOL', amount: '1000000000' }] });

  const pay = ['wallet', 'send', address, '0.25', '--memo', 'for the bread'];
  const asked = await hexkey('ada', pay, [pin]);
  expect(asked.code).not.toBe(0);
  expect(JSON.parse((await hexkey('ben', ['wallet'])).output)).toMatchObject({ balances: [{ amount: '0' }] });

  const wrong = await hexkey('ada', [...pay, '--confirmed'], ['314159']);
  expect(wrong.output).toContain('20119');
  const paid = await hexkey('ada', [...pay, '--confirmed'], [pin]);
  expect(JSON.parse(paid.output)).toMatchObject({
    state: 'confirmed',
    amount: '250000000',
    feeLamports: '5000',
  });
  const received = JSON.parse((await hexkey('ben', ['wallet', 'history'])).output) as { transfers: object[] };
  expect(received.transfers).toMatchObject([
    { direction: 'in', amount: '250000000', memo: 'for the bread', state: 'confirmed' },
  ]);
  const short = await hexkey('ada', ['wallet', 'send', address, '5', '--confirmed'], [pin]);
  expect(short.output).toContain('20117');
  const limited = await hexkey('ada', ['wallet', 'limits', '--sol', '0.5'], [pin]);
  expect(JSON.parse(limited.output)).toMatchObject({
    limits: { lamportsPerDay: '500000000' },
    pending: null,
  });
  const ofToken = await hexkey('ada', ['wallet', 'limits', '--asset', 'tUSD', '--limit', '20.5'], [pin]);
  const { limits } = JSON.parse(ofToken.output);
  expect(limits).toMatchObject({ lamportsPerDay: '500000000', tokensPerDay: [{ amount: '20500000' }] });
  const less = await hexkey('ada', ['wallet', 'limits', '--asset', 'tUSD', '--limit', '10'], [pin]);
  expect(JSON.parse(less.output).limits.tokensPerDay).toEqual([
    { mint: limits.tokensPerDay[0].mint, amount: '10000000' },
  ]);
  const both = await hexkey('ada', ['wallet', 'limits', '--asset', 'tUSD', '--sol', '1'], [pin]);
  expect(both.errors).toContain('One limit at a time');
  for (const { output, errors } of [asked, wrong, paid, short, limited, ofToken, less])
    expect(output + errors).not.toContain(pin);
});

test('the key is announced for the PIN, does not leave before its day or into a file that is there, and the announcement is taken back', async () => {
  const file = join(home, 'key.json');
  expect((await hexkey('ada', ['wallet', 'export'])).json()).toEqual({ is: 'none' });
  const wrong = await hexkey('ada', ['wallet', 'export-begin'], ['314159']);
  expect(wrong.output).toContain('20119');
  expect((await hexkey('ada', ['wallet', 'export-begin'], [pin])).json()).toMatchObject({
    is: 'begun',
    by: 'this-device',
  });
  const early = await hexkey('ada', ['wallet', 'export-take', file], [pin]);
  expect(early.output).toContain('20224');
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, 'another key', { mode: 0o600 });
  // Nobody is asked for the PIN, and no node for the key.
  const taken = await hexkey('ada', ['wallet', 'export-take', file]);
  expect(taken).toMatchObject({ code: 2, errors: expect.stringContaining('There is a file of that name') });
  expect(readFileSync(file, 'utf8')).toBe('another key');
  expect((await hexkey('ada', ['wallet', 'export-cancel'])).json()).toEqual({ is: 'none' });
  expect((await hexkey('ada', ['wallet', 'export-take', join(home, 'late.json')], [pin])).output).toContain(
    '20225',
  );
});

test('after seven days the key leaves into a file of its owner’s alone, and what is in it pays with an RPC alone', async () => {
  const file = join(home, 'taken.json');
  const takeIt = ['wallet', 'export-take', file];
  const { address } = (await hexkey('ada', ['wallet', 'receive'])).json() as { address: string };
  const begun = (await hexkey('ada', ['wallet', 'export-begin'], [pin])).json() as { fromMs: number };
  // A minute before: programs and requests take some seconds.
  aheadMs = begun.fromMs - Date.now() - 60_000;
  expect((await hexkey('ada', takeIt, [pin])).output).toContain('20224');
  expect(existsSync(file)).toBe(false);
  aheadMs += 60_000;
  const wrong = await hexkey('ada', takeIt, ['314159']);
  expect(wrong.output).toContain('20119');
  expect(existsSync(file)).toBe(false);
  const taken = await hexkey('ada', takeIt, [pin]);
  expect(taken.json()).toEqual({ address, cheatingNodes: [] });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { scalar } = JSON.parse(readFileSync(file, 'utf8')) as { scalar: string };
  for (const { output, errors } of [wrong, taken]) {
    expect(output + errors).not.toContain(scalar);
    expect(output + errors).not.toContain(pin);
  }
  aheadMs = 0;
  const elsewhere = toBase58(keyPairOfSeed(new Secret(new Uint8Array(32).fill(9))).publicKey);
  // In another home, without a profile; of server and nodes it knows nothing.
  const paid = await runCli(
    ['wallet', 'sign-with-key', file, elsewhere, '2000000', '--rpc', ledger.rpcUrl, '--json', '--confirmed'],
    { env: { HOME: join(home, 'nobody') }, input: [] },
  );
  expect(paid.json()).toMatchObject({ state: 'confirmed' });
});
