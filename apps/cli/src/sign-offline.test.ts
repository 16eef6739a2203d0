import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from '@hexkey/protocol';
import { fixedClock } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startNetwork, type TestNetwork } from '../../../packages/sdk/src/testing/network.ts';
import { startLedger, type TestLedger } from '../../../packages/sdk/src/testing/wallet-people.ts';
import { runCli } from './testing/run-cli.ts';

// The real program against real nodes and a real ledger, and a server that was there and is not any more.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pin = '271828';
/** Somebody's who has no account: the key is of RFC 8032, section 7.1, test 1. */
const elsewhere = 'FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z';
let network: TestNetwork;
let ledger: TestLedger;
let home = '';

beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2, fixedClock(Date.now())), startLedger()]);
  home = mkdtempSync(join(tmpdir(), 'hexkey-cli-offline-'));
});
afterAll(async () => {
  await Promise.all([network.stop(), ledger.stop()]);
  rmSync(home, { recursive: true });
});

async function hexkey(args: readonly string[], input: readonly string[] = []) {
  network.clock.advance(Date.now() - network.clock.now());
  const options = input.length === 0 ? [] : ['--pin-stdin'];
  return runCli([...args, '--profile', 'ada', '--json', ...options], { env: { HOME: home }, input });
}

/** As any client of a cluster asks. */
async function rpc<T>(method: string, ...params: unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(ledger.rpcUrl, { method: 'POST', headers, body });
  return ((await response.json()) as { result: T }).result;
}
const lamportsOf = async (address: string) =>
  (await rpc<{ value: number }>('getBalance', address, { commitment: 'confirmed' })).value;

test('the server ends the login, then goes away: the owner still pays, with the nodes and an RPC alone', async () => {
  const origin = ['--server', network.origin, '--operator-key', toHex(network.operatorKey)];
  const registered = await hexkey(['register', ...origin, '--nobody-can-reset-it'], [pin, pin, pin, pin]);
  expect(registered.code, registered.errors).toBe(0);
  const { address } = (await hexkey(['wallet', 'receive'])).json() as { address: string };
  const signature = await rpc<string>('requestAirdrop', address, 1_000_000_000);
  const isThere = async () =>
    (await rpc<{ value: ({ confirmationStatus: string } | null)[] }>('getSignatureStatuses', [signature]))
      .value[0]?.confirmationStatus !== undefined;
  await vi.waitUntil(isThere, { timeout: 60_000, interval: 100 });

  await network.database.db.deleteFrom('sessions').execute();
  expect((await hexkey(['whoami'])).output).toContain('"SessionEnded"');
  await network.stopServer();

  const pay = ['wallet', 'sign-offline', elsewhere, '0.25', '--memo', 'moving out', '--rpc', ledger.rpcUrl];
  const unasked = await hexkey(pay, [pin]);
  expect(unasked.code).toBe(2);
  const wrong = await hexkey([...pay, '--confirmed'], ['314159']);
  expect(wrong.output).toContain('"attemptsLeft":4');
  expect(await lamportsOf(elsewhere)).toBe(0);

  const paid = await hexkey([...pay, '--confirmed'], [pin]);
  expect(paid.code, paid.errors).toBe(0);
  expect(paid.json()).toMatchObject({ state: 'confirmed', amount: '250000000', memo: 'moving out' });
  expect(await lamportsOf(elsewhere)).toBe(250_000_000);
  expect(await lamportsOf(address)).toBe(1_000_000_000 - 250_000_000 - 5000);
  for (const { output, errors } of [unasked, wrong, paid]) expect(output + errors).not.toContain(pin);
});

test('what cannot be done without the server is said before anybody is asked', async () => {
  const person = await hexkey(['wallet', 'sign-offline', '7000', '1', '--rpc', ledger.rpcUrl], [pin]);
  expect(person).toMatchObject({ code: 2, errors: expect.stringContaining('Name the address itself') });
  const open = await hexkey(
    ['wallet', 'sign-offline', elsewhere, '1', '--rpc', 'http://rpc.example/'],
    [pin],
  );
  expect(open).toMatchObject({ code: 2, errors: expect.stringContaining('--rpc must be https') });
  const nobody = await runCli(['wallet', 'sign-offline', elsewhere, '1', '--profile', 'new', '--pin-stdin'], {
    env: { HOME: home },
    input: [pin],
  });
  expect(nobody).toMatchObject({ code: 2, errors: expect.stringContaining('no account') });
});
