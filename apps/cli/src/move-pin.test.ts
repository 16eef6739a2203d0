import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from '@hexkey/protocol';
import { fixedClock } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startNetwork, type TestNetwork } from '../../../packages/sdk/src/testing/network.ts';
import { watchedStore } from '../../../packages/sdk/src/testing/watched-store.ts';
import { runCli } from './testing/run-cli.ts';

// The real program, a process for each command, against real servers and nodes.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pin = '271828';
let network: TestNetwork;
let home = '';
/** In front of the account server. While it is shut to wallets, an account gets none. */
let door: Server;
let refusesWallets = true;
beforeAll(async () => {
  network = await startNetwork(2, fixedClock(Date.now()));
  home = mkdtempSync(join(tmpdir(), 'hexkey-cli-move-'));
  door = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    if (refusesWallets && path === '/api/v1/wallet') {
      outgoing.writeHead(503).end();
      return;
    }
    const { hostname: host, port } = new URL(network.origin);
    const forwarded = request({ host, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  door.closeAllConnections();
  await Promise.all([new Promise((resolve) => door.close(resolve)), network.stop()]);
  rmSync(home, { recursive: true });
});

/** What happens while a new node writes. */
let onWritten: Parameters<typeof watchedStore>[0] = async () => undefined;

function hexkey(
  profile: string,
  args: readonly string[],
  input: readonly string[] = [],
  onStart?: (kill: () => Promise<void>) => void,
) {
  network.clock.advance(Date.now() - network.clock.now());
  const options = input.length === 0 ? [] : ['--pin-stdin'];
  const all = [...args, '--profile', profile, '--json', ...options];
  return runCli(all, { env: { HOME: home }, input, ...(onStart && { onStart }) });
}
function register(profile: string) {
  const server = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  const key = toHex(network.operatorKey);
  const args = ['register', '--server', server, '--operator-key', key, '--nobody-can-reset-it'];
  return hexkey(profile, args, [pin, pin, pin, pin]);
}
/** `pin move`, killed while a new node writes such a record: its answer reaches nobody. */
async function moveKilledAt(profile: string, isMet: (...given: Parameters<typeof onWritten>) => boolean) {
  const run = await hexkey(profile, ['pin', 'move'], [pin], (kill) => {
    onWritten = async (record) => (isMet(record) ? kill() : undefined);
  });
  onWritten = async () => undefined;
  return run;
}
const addressOf = async (profile: string) => (await hexkey(profile, ['wallet', 'receive'])).json() as object;
const nodesOf = async (profile: string) => (await hexkey(profile, ['pin', 'nodes'])).json() as object;

test('the PIN moves to the nodes that the operator offers, and to none without the right PIN', async () => {
  refusesWallets = true;
  expect(await register('ada')).toMatchObject({ code: 0 });
  expect(await nodesOf('ada')).toMatchObject({ epoch: 1, next: null });
  const early = await hexkey('ada', ['pin', 'move'], [pin]);
  expect(early.code).not.toBe(0);
  expect(early.output).toContain('20220');

  refusesWallets = false;
  expect(await register('ben')).toMatchObject({ code: 0 });
  expect(await register('eve')).toMatchObject({ code: 0 });
  const address = await addressOf('ben');
  const addressOfEve = await addressOf('eve');
  refusesWallets = true;
  const next = await network.addSet(3, () => watchedStore((record) => onWritten(record)));
  await network.serves([network.document, next.document]);
  expect(await nodesOf('ada')).toMatchObject({ epoch: 1, next: { epoch: 2, threshold: 3 } });
  const wrong = await hexkey('ada', ['pin', 'move'], ['314159']);
  expect(wrong.code).not.toBe(0);
  expect(wrong.output).toContain('20119');
  expect(await nodesOf('ada')).toMatchObject({ epoch: 1 });

  refusesWallets = false;
  const moved = await hexkey('ada', ['pin', 'move'], [pin]);
  expect(moved).toMatchObject({ code: 0 });
  expect(moved.json()).toEqual({ moved: true, epoch: 2 });
  // Who will guard it was shown before the PIN was asked for.
  expect(moved.errors).toContain('set 2');
  expect(await nodesOf('ada')).toMatchObject({ epoch: 2, threshold: 3, next: null });
  expect(await hexkey('ada', ['pin', 'verify'], [pin])).toMatchObject({ code: 0 });

  // Whoever has a wallet takes it along: new shares, the same address.
  const along = await hexkey('ben', ['pin', 'move'], [pin]);
  expect(along).toMatchObject({ code: 0 });
  expect(await nodesOf('ben')).toMatchObject({ epoch: 2 });
  expect(await addressOf('ben')).toEqual(address);

  // A program that is killed, when its record arrives and when the wallet is there, goes on from what it wrote down.
  const killed = [
    await moveKilledAt('eve', ({ arrivals }) => arrivals.length > 0),
    await moveKilledAt('eve', ({ wallet }) => wallet.committed !== null),
  ];
  for (const { code } of killed) expect(code).toBeNull();
  expect(await hexkey('eve', ['pin', 'verify'], [pin])).toMatchObject({ code: 0 });
  expect(await nodesOf('eve')).toMatchObject({ epoch: 2, next: null });
  expect(await addressOf('eve')).toEqual(addressOfEve);
  for (const { output, errors } of [early, wrong, moved, along]) expect(output + errors).not.toContain(pin);
});
