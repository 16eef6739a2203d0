import { toBase58 } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startLedger, type TestLedger } from '../../testing/wallet-people.ts';
import { awaitSignature } from './await-signature.ts';
import type { LedgerSocket } from './ledger-notices.ts';
import { watchAccounts } from './watch-accounts.ts';

let ledger: TestLedger;
const random = seededRandom('notices');

beforeAll(async () => {
  ledger = await startLedger();
});
afterAll(() => ledger.stop());

async function askFaucet(method: string, params: unknown[]): Promise<string> {
  const response = await fetch(ledger.rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return ((await response.json()) as { result: string }).result;
}
const pay = (address: string) => askFaucet('requestAirdrop', [address, 1_000_000_000]);
const somebody = () => toBase58(random(32));
const never = () => new Promise<void>(() => undefined);

/** Real sockets, of which the test can cut one. */
function sockets() {
  const opened: WebSocket[] = [];
  const open = () => {
    const socket = new WebSocket(ledger.webSocketUrl);
    opened.push(socket);
    return socket as unknown as LedgerSocket;
  };
  return { opened, open };
}

test('what arrives at a watched account is heard of without looking, and after the end nothing is', async () => {
  const address = somebody();
  let heard = 0;
  const { open, opened } = sockets();
  const end = watchAccounts(
    open,
    async () => [address],
    never,
    () => (heard += 1),
  );
  await expect.poll(() => opened[0]?.readyState).toBe(WebSocket.OPEN);
  await pay(address);
  await expect.poll(() => heard).toBeGreaterThan(0);
  end();
  await expect.poll(() => opened[0]?.readyState).toBe(WebSocket.CLOSED);
  expect(opened).toHaveLength(1);
});

test('a connection that is cut is made anew, later each time, and asks for the accounts that there are then', async () => {
  const [first, second] = [somebody(), somebody()];
  const waits: number[] = [];
  const wait = async (milliseconds: number) => void waits.push(milliseconds);
  let heard = 0;
  let all = [first];
  const { open, opened } = sockets();
  const end = watchAccounts(
    open,
    async () => all,
    wait,
    () => (heard += 1),
  );
  await expect.poll(() => opened[0]?.readyState).toBe(WebSocket.OPEN);
  all = [second];
  opened[0]?.terminate();
  await expect.poll(() => opened[1]?.readyState).toBe(WebSocket.OPEN);
  opened[1]?.terminate();
  await expect.poll(() => opened[2]?.readyState).toBe(WebSocket.OPEN);
  expect(waits).toEqual([2000, 4000]);
  await pay(second);
  await expect.poll(() => heard).toBeGreaterThan(0);
  end();
});

test('a payment is looked at again when the ledger says so, not before', async () => {
  const signature = await pay(somebody());
  const { open, opened } = sockets();
  const waits: number[] = [];
  const time = awaitSignature(open, signature, (milliseconds) => {
    waits.push(milliseconds);
    return never();
  });
  await time.next();
  // From then on time passes as usual: a notice is given once.
  void time.next();
  expect(waits.at(-1)).toBe(400);
  time.end();
  await expect.poll(() => opened[0]?.readyState).toBe(WebSocket.CLOSED);
});

test('without a WebSocket, with one that is refused and with one that talks nonsense, the ledger is looked at as often as ever', async () => {
  const waits: number[] = [];
  const wait = async (milliseconds: number) => void waits.push(milliseconds);
  const refused = () => new WebSocket('ws://127.0.0.1:9/') as unknown as LedgerSocket;
  const babbling = () => {
    const socket: LedgerSocket = {
      onopen: null,
      onmessage: null,
      onclose: null,
      onerror: null,
      send: () => socket.onmessage?.call(socket as never, { data: 'hello' } as MessageEvent),
      close: () => undefined,
    };
    queueMicrotask(() => socket.onopen?.call(socket as never, {} as Event));
    return socket;
  };
  for (const open of [undefined, refused, babbling]) {
    const time = awaitSignature(open, 'x', wait);
    for (let looks = 0; looks < 3; looks += 1) await time.next();
    time.end();
  }
  expect(new Set(waits)).toEqual(new Set([400]));
});
