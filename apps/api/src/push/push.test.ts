import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newUuid } from '../identifiers.ts';
import { type ChatDevice, chatDevice } from '../testing/chat-device.ts';
import type { ChatSocket } from '../testing/chat-socket.ts';
import { personWithPin, secondDevice } from '../testing/journeys.ts';
import { type PushService, startPushService } from '../testing/push-service.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { sendPushes } from './send-pushes.ts';
import { vapidKey } from './vapid.ts';

const minute = 60_000;
let service: PushService;
let api: TestApi;
let ana: ChatDevice;
let bob: ChatDevice;
const sockets: ChatSocket[] = [];
let pathNumber = 0;

beforeAll(async () => {
  service = await startPushService();
  api = await startTestApi({ push: service.port });
  ana = await chatDevice(api, await personWithPin(api, 'Ana'));
});
beforeEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  const { db } = api.database;
  await db.deleteFrom('push_subscriptions').execute();
  await db.deleteFrom('envelopes').execute();
  await db.deleteFrom('contacts').execute();
  await db.deleteFrom('blocks').execute();
  service.taken.length = 0;
  service.answer(201);
  // Limits of the test before count no more.
  api.clock.advance(24 * 60 * minute);
  // Two people have one conversation only.
  bob = await chatDevice(api, await personWithPin(api, 'Bob'));
  for (const device of [ana, bob]) await device.publish(3);
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await api.close();
  await service.close();
});

const at = async (device: ChatDevice) => {
  const socket = await device.connect();
  sockets.push(socket);
  return socket;
};
const befriend = async (owner: ChatDevice, other: ChatDevice) =>
  owner.call('addContact', { body: { hexkeyId: await api.hexkeyIdOf(other.accountId) } });

/** A device that can be woken. @returns its address */
async function subscribe(device: ChatDevice): Promise<string> {
  pathNumber += 1;
  const endpoint = `${service.origin}/wake/${pathNumber}`;
  expect((await device.call('putPushSubscription', { body: { endpoint } })).status).toBe(204);
  return endpoint;
}

/** A conversation whose receiver has gone. @returns how the first device writes in it */
async function conversation(kind: 'direct' | 'group', from = ana, to = bob) {
  const groupId = newUuid(api.random);
  const [atFrom, atTo] = [await at(from), await at(to)];
  expect((await from.begin(groupId, kind, [to])).status).toBe(200);
  await atFrom.take(from.crypto, 1);
  await atTo.take(to.crypto, 1);
  atTo.close();
  await atTo.closed;
  return async (text: string) =>
    expect(await atFrom.send(await from.message(groupId, text))).toMatchObject({ type: 'sent' });
}

/** As the job does, after the time a connected device has. */
async function wake(afterMs = minute): Promise<number> {
  api.clock.advance(afterMs);
  await sendPushes({
    ...api.deps,
    log: { warn: () => undefined, error: () => undefined },
    push: service.port,
    vapid: vapidKey(api.keys.pushSeed),
    contact: 'https://hexkey.example/',
  });
  return service.taken.length;
}
const rows = () => api.database.db.selectFrom('push_subscriptions').selectAll().execute();

test('a device that has gone is woken once for any number of messages, by nothing but an address and the key of this server', async () => {
  await befriend(bob, ana);
  const say = await conversation('direct');
  const endpoint = await subscribe(bob);
  for (const text of ['one', 'two', 'three']) await say(text);
  expect(await wake()).toBe(1);
  await say('four');
  expect(await wake(24 * 60 * minute)).toBe(1);
  const [push] = service.taken;
  expect(push).toMatchObject({
    path: new URL(endpoint).pathname,
    bodyBytes: 0,
    headers: { ttl: '86400', topic: 'messages', urgency: 'high', encoding: undefined },
    claims: { aud: service.origin, sub: expect.stringMatching(/^https:/) },
  });
  const { body } = await bob.call('getPushKey');
  expect(body).toEqual({ pushKey: push?.publicKey });
  // RFC 8292 section 2: no longer than a day, by the clock of whoever judges it.
  const leftSeconds = Number(push?.claims.exp) - (api.clock.now() - 24 * 60 * minute) / 1000;
  expect(leftSeconds).toBeGreaterThan(0);
  expect(leftSeconds).toBeLessThanOrEqual(24 * 60 * 60);
});

test('after it has connected it is woken again', async () => {
  await befriend(bob, ana);
  const say = await conversation('direct');
  await subscribe(bob);
  await say('one');
  expect(await wake()).toBe(1);
  const socket = await at(bob);
  await socket.take(bob.crypto, 1);
  socket.close();
  await socket.closed;
  await say('two');
  expect(await wake()).toBe(2);
});

test('a device that is there, and takes what comes, is not woken', async () => {
  await befriend(bob, ana);
  const say = await conversation('direct');
  await subscribe(bob);
  const socket = await at(bob);
  await say('one');
  await socket.take(bob.crypto, 1);
  await expect
    .poll(() => api.database.db.selectFrom('envelope_queue').select('envelope_id').execute())
    .toEqual([]);
  expect(await wake()).toBe(0);
  expect(await rows()).toMatchObject([{ due_at_ms: null, is_outstanding: false }]);
});

test('who is no contact wakes nobody in a conversation of two, who is blocked nobody in a group', async () => {
  const say = await conversation('direct');
  await subscribe(bob);
  await say('a request');
  expect(await wake()).toBe(0);
  const sayInGroup = await conversation('group');
  await sayInGroup('in a group');
  expect(await wake()).toBe(1);
  const socket = await at(bob);
  socket.close();
  await socket.closed;
  await bob.call('blockPerson', { body: { hexkeyId: await api.hexkeyIdOf(ana.accountId) } });
  await sayInGroup('blocked');
  expect(await wake()).toBe(1);
});

test('what one says oneself wakes none of one’s own devices', async () => {
  await befriend(bob, ana);
  const other = await chatDevice(api, await secondDevice(api, ana.person));
  await other.publish(3);
  await subscribe(other);
  const groupId = newUuid(api.random);
  const atAna = await at(ana);
  expect((await ana.begin(groupId, 'direct', [bob, other])).status).toBe(200);
  await atAna.take(ana.crypto, 1);
  await atAna.send(await ana.message(groupId, 'from my phone'));
  expect(await wake()).toBe(0);
});

test.each([404, 410])('an address that the service has forgotten (%i) is forgotten', async (status) => {
  await befriend(bob, ana);
  const say = await conversation('direct');
  await subscribe(bob);
  service.answer(status);
  await say('one');
  expect(await wake()).toBe(1);
  expect(await rows()).toEqual([]);
});

test.each([
  [503, {}, 30_000],
  [429, { 'retry-after': '120' }, 120_000],
] as const)(
  'a service that has no time (%i) is asked again later, and not for ever',
  async (status, headers, firstMs) => {
    await befriend(bob, ana);
    const say = await conversation('direct');
    await subscribe(bob);
    service.answer(status, headers);
    await say('one');
    expect(await wake()).toBe(1);
    expect(await wake(firstMs - 1)).toBe(1);
    expect(await wake(1)).toBe(2);
    for (let times = 0; times < 12; times += 1) await wake(60 * minute);
    expect(service.taken.length).toBe(8);
    expect(await rows()).toMatchObject([{ due_at_ms: null, is_outstanding: false }]);
    service.answer(201);
    await say('two');
    expect(await wake()).toBe(9);
  },
);

test('a server that is killed over a message sends it at its next start', async () => {
  await befriend(bob, ana);
  const say = await conversation('direct');
  await subscribe(bob);
  await say('one');
  api.clock.advance(minute);
  const nowMs = api.clock.now();
  // Claimed, and then nothing more is heard of it.
  expect(await api.deps.stores.pushSubscriptions.claim(nowMs, nowMs + minute, 50)).toHaveLength(1);
  expect(await wake(minute - 1)).toBe(0);
  expect(await wake(1)).toBe(1);
});

test('a device that logs out, is ended or wants no more is not woken', async () => {
  await befriend(bob, ana);
  const say = await conversation('direct');
  await subscribe(bob);
  expect((await bob.call('endPushSubscription')).status).toBe(204);
  expect(await rows()).toEqual([]);
  await subscribe(bob);
  await subscribe(bob);
  expect(await rows()).toHaveLength(1);
  await say('one');
  await api.deps.transact((stores) => stores.sessions.drop(bob.deviceId));
  expect(await rows()).toEqual([]);
  expect(await wake()).toBe(0);
});

test('a client that names another host is refused', async () => {
  const { refusal } = await bob.call('putPushSubscription', { body: { endpoint: 'https://evil.example/x' } });
  expect(refusal).toMatchObject({ name: 'InvalidField', details: { field: 'endpoint' } });
});

test('no log line says where a device is woken', async () => {
  await befriend(bob, ana);
  const say = await conversation('direct');
  const endpoint = await subscribe(bob);
  service.answer(400);
  await say('one');
  api.clock.advance(minute);
  // The server's own job this time.
  await expect.poll(() => service.taken.length).toBe(1);
  await expect.poll(() => api.logged.join('')).toContain('a push service refuses');
  expect(api.logged.join('')).not.toContain(new URL(endpoint).pathname);
});
