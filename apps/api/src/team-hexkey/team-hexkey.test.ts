import type { TeamMessage } from '@hexkey/contract';
import {
  deviceHpkeKeyStatement,
  encodeDeviceFrame,
  fromHex,
  signEd25519,
  socketCloseCodes,
  toBase64url,
} from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { sweep } from '../database/sweep.ts';
import {
  callWithPin,
  loginByWords,
  type PersonWithPin,
  personWithPin,
  secondDevice,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import {
  type HpkePair,
  openPush,
  openSocket,
  publishKey,
  readMessages,
  until,
} from '../testing/test-socket.ts';
import { tellDevices } from './tell-devices.ts';

const day = 24 * 60 * 60_000;
let api: TestApi;
let owner: PersonWithPin;
let key: HpkePair;
beforeAll(async () => {
  api = await startTestApi({ socketTiming: { helloTimeoutMs: 10_000, beatMs: 2000 } });
});
beforeEach(async () => {
  api.clock.advance(day);
  owner = await personWithPin(api, 'Ada');
  key = await publishKey(owner);
});
afterAll(() => api.close());

const as = (person: PersonWithPin) => ({ sessionId: person.session.sessionId });
const say = (text: string) =>
  api.deps.transact((stores) =>
    tellDevices(api.deps, stores, owner.session.accountId, {
      kind: 'phoneUnlinked',
      parameters: { phoneMasked: text },
    }),
  );
const textOf = (message: TeamMessage | null) =>
  message?.kind === 'phoneUnlinked' ? message.parameters.phoneMasked : null;

test('a login is told to the other device, live, with device, place and method, and to it alone', async () => {
  const socket = await openSocket(api, owner);
  const second = await loginByWords(api, owner.login);
  await until(() => socket.pushes.length === 1);
  const message = await openPush(api, owner, key, socket.pushes[0] as never);
  expect(message).toMatchObject({
    kind: 'newLogin',
    sentAtMs: api.clock.now(),
    parameters: {
      method: 'words',
      device: { name: 'Test browser', platform: 'web', place: '127.0.0.1' },
    },
  });
  expect(await api.waitingFor(second.session.sessionId)).toBe(0);
  socket.socket.close();
});

test('a PIN change is told to the other devices, not to the one that did it', async () => {
  const second = await secondDevice(api, owner);
  const secondKey = await publishKey(second);
  await callWithPin(owner, 'changePin', { kind: 'repair' });
  expect(await api.waitingFor(second.session.sessionId)).toBe(0);
  await callWithPin(owner, 'changePin', { kind: 'change' });
  expect(await readMessages(api, second, secondKey, 1)).toMatchObject([{ kind: 'pinChanged' }]);
  expect(await readMessages(api, owner, key, 1)).toMatchObject([{ kind: 'newLogin' }]);
});

test('what is not acked comes again, in order, until it is; an ack counts for its own device only', async () => {
  for (const text of ['1', '2', '3']) {
    await say(text);
    api.clock.advance(1);
  }
  const first = await openSocket(api, owner);
  await until(() => first.pushes.length === 3);
  const texts = await Promise.all(first.pushes.map((push) => openPush(api, owner, key, push)));
  expect(texts.map(textOf)).toEqual(['1', '2', '3']);
  const stranger = await personWithPin(api, 'Mallory');
  const thief = await openSocket(api, stranger);
  thief.ack(...first.pushes.map(({ envelopeId }) => envelopeId));
  first.ack(first.pushes[0]?.envelopeId as string);
  await until(async () => (await api.waitingFor(owner.session.sessionId)) === 2);
  first.socket.terminate();
  const again = await openSocket(api, owner);
  await until(() => again.pushes.length === 2);
  expect(again.pushes).toEqual(first.pushes.slice(1));
  thief.socket.close();
  again.socket.close();
});

test('at most a hundred are in flight; each ack makes room for one', async () => {
  for (let count = 0; count < 103; count += 1) await say(String(count));
  const { pushes, ack, socket } = await openSocket(api, owner);
  await until(() => pushes.length === 100);
  ack(pushes[0]?.envelopeId as string, pushes[1]?.envelopeId as string);
  await until(() => pushes.length === 102);
  await say('one more');
  ack(pushes[2]?.envelopeId as string);
  await until(() => pushes.length === 103);
  expect(new Set(pushes.map(({ envelopeId }) => envelopeId)).size).toBe(103);
  socket.close();
});

test('a copy opens on its own device only, and is not readable where it waits', async () => {
  const second = await secondDevice(api, owner);
  const secondKey = await publishKey(second);
  await say('only you');
  const rows = await api.database.db.selectFrom('team_queue').selectAll().execute();
  expect(Buffer.concat(rows.map((row) => row.ciphertext)).includes('only you')).toBe(false);
  const row = rows.find(({ session_id }) => session_id === second.session.sessionId);
  const push = {
    type: 'team',
    envelopeId: row?.id as string,
    encapsulatedKey: row?.encapsulated_key as Uint8Array,
    ciphertext: row?.ciphertext as Uint8Array,
  } as const;
  expect(textOf(await openPush(api, second, secondKey, push))).toBe('only you');
  expect(await openPush(api, owner, key, push)).toBeNull();
  expect(await openPush(api, owner, secondKey, push)).toBeNull();
});

test('a device without a published key gets nothing, nor one that is locked', async () => {
  const second = await loginByWords(api, owner.login);
  expect(await say('x')).toBe(1);
  const refused = await second.device.call('publishDeviceKey', {
    as: { sessionId: second.session.sessionId },
    body: { hpkeKey: toBase64url(new Uint8Array(32).fill(1)), signature: toBase64url(new Uint8Array(64)) },
  });
  expect(refused.refusal).toMatchObject({ name: 'Forbidden', details: { reason: 'session-locked' } });
});

test('an HPKE key that the device did not sign, or that everybody knows, is refused', async () => {
  const send = (hpkeKey: Uint8Array, signature: Uint8Array) =>
    owner.device.call('publishDeviceKey', {
      as: as(owner),
      body: { hpkeKey: toBase64url(hpkeKey), signature: toBase64url(signature) },
    });
  const unsigned = await send(new Uint8Array(32).fill(9), signEd25519(owner.device.pair, new Uint8Array(9)));
  expect(unsigned.refusal).toMatchObject({ details: { field: 'signature' } });
  // RFC 7748 section 6.1: 0, 1 and a point of order eight.
  const weak = ['00'.repeat(32), `01${'00'.repeat(31)}`];
  weak.push('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800');
  for (const hpkeKey of weak.map(fromHex)) {
    const { accountId, sessionId } = owner.session;
    const statement = deviceHpkeKeyStatement({ accountId, sessionId, hpkeKey });
    const answer = await send(hpkeKey, signEd25519(owner.device.pair, statement));
    expect(answer.refusal).toMatchObject({ details: { field: 'hpkeKey' } });
  }
});

test('a second socket of a device closes the first', async () => {
  const first = await openSocket(api, owner);
  const second = await openSocket(api, owner);
  expect(await first.closed).toBe(socketCloseCodes.displaced);
  await say('to the new one');
  await until(() => second.pushes.length === 1);
  expect(first.pushes).toEqual([]);
  second.socket.close();
});

test('who opens the socket must hold the device key of a full session, in a version that is current', async () => {
  const stranger = await personWithPin(api, 'Mallory');
  const thief = await openSocket(api, owner, { pair: stranger.device.pair });
  expect(await thief.closed).toBe(socketCloseCodes.sessionEnded);
  const locked = await loginByWords(api, owner.login);
  expect(await (await openSocket(api, locked)).closed).toBe(socketCloseCodes.sessionLocked);
  const old = await openSocket(api, owner, { client: 'web/0.0.9' });
  expect(await old.closed).toBe(socketCloseCodes.updateRequired);
  const nameless = await openSocket(api, owner, { client: '' });
  expect(await nameless.closed).toBe(socketCloseCodes.malformed);
});

test('frames out of order, in text, malformed or too long close the socket', async () => {
  const early = await openSocket(api, owner, { silent: true });
  early.ack('0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e');
  expect(await early.closed).toBe(socketCloseCodes.malformed);
  for (const frame of ['text', new Uint8Array([1, 2, 3])]) {
    const { socket, closed } = await openSocket(api, owner);
    socket.send(frame);
    expect(await closed).toBe(socketCloseCodes.malformed);
  }
  const twice = await openSocket(api, owner);
  const { sessionId } = owner.session;
  twice.socket.send(
    encodeDeviceFrame({ type: 'hello', sessionId, client: 'web/0.1.0', signature: new Uint8Array(64) }),
  );
  expect(await twice.closed).toBe(socketCloseCodes.malformed);
  const large = await openSocket(api, owner);
  large.socket.send(new Uint8Array(96 * 1024 + 1));
  expect(await large.closed).toBe(1009);
});

test('who says nothing is closed', async () => {
  const hasty = await startTestApi({ socketTiming: { helloTimeoutMs: 20, beatMs: 60_000 } });
  const { closed } = await openSocket(hasty, owner, { silent: true });
  expect(await closed).toBe(socketCloseCodes.helloTimeout);
  await hasty.close();
});

test('a device that is ended loses its socket, and what waited for it is gone', async () => {
  const second = await secondDevice(api, owner);
  await publishKey(second);
  await say('x');
  const { closed } = await openSocket(api, second);
  const body = { sessionId: second.session.sessionId };
  expect((await callWithPin(owner, 'endDevice', body)).status).toBe(204);
  expect(await closed).toBe(socketCloseCodes.sessionEnded);
  expect(await api.waitingFor(second.session.sessionId)).toBe(0);
});

test('a device whose socket is open counts as seen, though it asks for nothing', async () => {
  const { socket } = await openSocket(api, owner);
  api.clock.advance(31 * day);
  const lastSeen = async () => (await api.deps.stores.sessions.get(owner.session.sessionId))?.last_seen_at_ms;
  await until(async () => (await lastSeen()) === api.clock.now());
  socket.close();
});

test('thirty days, then a message that nobody fetched is dropped', async () => {
  await say('old');
  api.clock.advance(30 * day - 1);
  await sweep(api.deps.stores, api.clock.now());
  expect(await api.waitingFor(owner.session.sessionId)).toBe(1);
  api.clock.advance(1);
  await sweep(api.deps.stores, api.clock.now());
  expect(await api.waitingFor(owner.session.sessionId)).toBe(0);
});

test('another path is no socket', async () => {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}/api/v1/other`);
  const status = await new Promise((resolve) =>
    socket.once('unexpected-response', (_, answer) => resolve(answer.statusCode)),
  );
  expect(status).toBe(404);
  socket.on('error', () => undefined);
  socket.terminate();
});
