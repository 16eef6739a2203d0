import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type ManualTime, manualTime } from '../testing/manual-time.ts';
import { closeTestDevnets, openTestDevnet, type TestDevnet } from '../testing/test-devnet.ts';
import { sendTransfer, testSigner } from '../testing/test-wallet.ts';

afterEach(closeTestDevnets);

const slotMs = 400;

async function open(time: ManualTime) {
  const devnet = await openTestDevnet(time);
  const socket = await listenTo(devnet);
  const [payer, friend] = await Promise.all([testSigner(1), testSigner(2)]);
  await devnet.call('requestAirdrop', payer.address, 2_000_000_000);
  time.advance(slotMs);
  return {
    devnet,
    socket,
    pay: (amount: bigint) => sendTransfer(devnet, payer, friend.address, amount),
    friend,
  };
}

/** A socket that keeps what it was told. */
async function listenTo({ webSocketUrl }: TestDevnet) {
  const socket = new WebSocket(webSocketUrl);
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of a message
  const told: any[] = [];
  socket.on('message', (data) => told.push(JSON.parse(String(data))));
  await once(socket, 'open');
  let lastId = 0;
  return {
    told,
    socket,
    // biome-ignore lint/suspicious/noExplicitAny: as above
    async call(method: string, ...params: unknown[]): Promise<any> {
      lastId += 1;
      const id = lastId;
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      await expect.poll(() => told.some((one) => one.id === id)).toBe(true);
      const { result, error } = told.find((one) => one.id === id);
      return error ?? result;
    },
    /** Waits for as many notifications. */
    async notified(count: number) {
      const those = () => told.filter(({ method }) => method !== undefined);
      await expect.poll(() => those().length).toBeGreaterThanOrEqual(count);
      return those().map(({ method, params }) => ({ method, ...params }));
    },
  };
}

test('a signature is told once: at once when processed is enough, else when its slot is closed', async () => {
  const time = manualTime();
  const { socket, pay } = await open(time);
  const signature = await pay(1_000_000n);
  const early = await socket.call('signatureSubscribe', signature, { commitment: 'processed' });
  const late = await socket.call('signatureSubscribe', signature, { commitment: 'confirmed' });
  const [first, ...more] = await socket.notified(1);
  expect([first, more]).toMatchObject([{ subscription: early, result: { value: { err: null } } }, []]);
  time.advance(slotMs);
  const [, second, ...rest] = await socket.notified(2);
  expect([second, rest]).toMatchObject([{ subscription: late, result: { value: { err: null } } }, []]);
  // It is over, so there is nothing to end.
  expect(await socket.call('signatureUnsubscribe', late)).toMatchObject({ code: -32602 });
  const past = await socket.call('signatureSubscribe', signature);
  expect((await socket.notified(3))[2]).toMatchObject({ subscription: past });
});

test('a subscription that came before its transaction is told too', async () => {
  const time = manualTime();
  const { devnet, socket, friend, pay } = await open(time);
  const account = await socket.call('accountSubscribe', friend.address, {
    commitment: 'finalized',
    encoding: 'base64',
  });
  const now = await socket.call('accountSubscribe', friend.address, {
    commitment: 'processed',
    encoding: 'base64',
  });
  await pay(1_000_000n);
  await pay(500_000n);
  const early = await socket.notified(2);
  expect(early.map(({ subscription, result }) => [subscription, result.value.lamports])).toEqual([
    [now, 1_000_000],
    [now, 1_500_000],
  ]);
  time.advance(slotMs);
  // One state of the account in a closed slot, the last.
  const [, , closed, ...rest] = await socket.notified(3);
  expect([closed, rest]).toMatchObject([
    { subscription: account, result: { value: { lamports: 1_500_000 } } },
    [],
  ]);
  expect(devnet.bugs).toEqual([]);
});

test('slots are told while somebody listens, and no timer runs when nobody does', async () => {
  const time = manualTime();
  const { devnet, socket } = await open(time);
  expect(time.waiting()).toBe(0);
  const id = await socket.call('slotSubscribe');
  expect(time.waiting()).toBe(1);
  time.advance(slotMs);
  time.advance(3 * slotMs);
  const slot = await devnet.call('getSlot', { commitment: 'processed' });
  const told = await socket.notified(2);
  expect(told.map(({ subscription, result }) => [subscription, result])).toEqual([
    [id, { slot: slot - 3, parent: slot - 4, root: slot - 4 }],
    [id, { slot, parent: slot - 1, root: slot - 1 }],
  ]);
  expect(await socket.call('slotUnsubscribe', id)).toBe(true);
  expect(time.waiting()).toBe(0);
  await socket.call('slotSubscribe');
  socket.socket.close();
  await expect.poll(() => time.waiting()).toBe(0);
});

test('subscriptions of one connection are its own, and at most a hundred', async () => {
  const { devnet, socket } = await open(manualTime());
  const id = await socket.call('slotSubscribe');
  const other = await listenTo(devnet);
  expect(await other.call('slotUnsubscribe', id)).toMatchObject({ code: -32602 });
  for (let count = 1; count < 100; count += 1) await socket.call('slotSubscribe');
  expect(await socket.call('slotSubscribe')).toMatchObject({ code: -32600 });
  expect(await other.call('slotSubscribe')).toBeGreaterThan(0);
  for (const one of [socket, other]) one.socket.close();
});

test('what is no request is answered over a socket too, and a ping is not', async () => {
  const { socket } = await open(manualTime());
  socket.socket.send('{');
  socket.socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'ping' }));
  expect(await socket.call('getBalance', 'x')).toMatchObject({ code: -32601 });
  expect(socket.told[0]).toMatchObject({ error: { code: -32700 } });
  expect(socket.told).toHaveLength(2);
  expect(await socket.call('accountSubscribe', 'x')).toMatchObject({ code: -32602 });
  socket.socket.close();
});
