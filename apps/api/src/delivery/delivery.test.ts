import { messageLimitBytes, socketCloseCodes, textOf } from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sweep } from '../database/sweep.ts';
import { newUuid } from '../identifiers.ts';
import { limits } from '../limits/limits.ts';
import { type ChatDevice, chatDevice } from '../testing/chat-device.ts';
import type { ChatSocket } from '../testing/chat-socket.ts';
import { callWithPin, personWithPin, secondDevice } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { until } from '../testing/test-socket.ts';

const day = 24 * 60 * 60_000;
let api: TestApi;
let ana: ChatDevice;
let ana2: ChatDevice;
let bob: ChatDevice;
let sockets: ChatSocket[] = [];
const newcomer = async (name: string) => {
  const device = await chatDevice(api, await personWithPin(api, name));
  await device.publish();
  return device;
};
beforeAll(async () => {
  api = await startTestApi();
  const person = await personWithPin(api, 'Ana');
  ana = await chatDevice(api, person);
  ana2 = await chatDevice(api, await secondDevice(api, person));
  bob = await chatDevice(api, await personWithPin(api, 'Bob'));
});
beforeEach(async () => {
  for (const socket of sockets) socket.close();
  sockets = [];
  // No test answers for what the one before left.
  await api.database.db.deleteFrom('envelopes').execute();
  api.clock.advance(day);
  for (const device of [ana, ana2, bob]) await device.publish(3);
});
afterAll(() => api.close());

async function online<D extends ChatDevice[]>(...devices: D): Promise<{ [I in keyof D]: ChatSocket }> {
  const opened = await Promise.all(devices.map((device) => device.connect()));
  sockets.push(...opened);
  return opened as { [I in keyof D]: ChatSocket };
}
const rowsOf = async (groupId: string) => {
  const { db } = api.database;
  const [envelopes, queue] = await Promise.all([
    db.selectFrom('envelopes').select('id').where('group_id', '=', groupId).execute(),
    db.selectFrom('envelope_queue').select('envelope_id').where('group_id', '=', groupId).execute(),
  ]);
  return envelopes.length + queue.length;
};
const nothingLeft = (groupId: string) => until(async () => (await rowsOf(groupId)) === 0);

/** A conversation whose members are all on line and have taken its beginning. The first device begins it. */
async function conversation<D extends ChatDevice[]>(
  kind: 'direct' | 'group',
  first: ChatDevice,
  ...others: D
): Promise<{ groupId: string; atFirst: ChatSocket; at: { [I in keyof D]: ChatSocket } }> {
  const groupId = newUuid(api.random);
  const [atFirst] = await online(first);
  const at = await online(...others);
  expect((await first.begin(groupId, kind, others)).status).toBe(200);
  expect(await atFirst.take(first.crypto, 1)).toMatchObject([{ kind: 'commit', own: true, epoch: 1 }]);
  for (const [index, device] of others.entries())
    expect(await at[index]?.take(device.crypto, 1)).toMatchObject([{ kind: 'joined' }]);
  return { groupId, atFirst, at };
}
const textsOf = (received: Awaited<ReturnType<ChatSocket['take']>>) =>
  received.map((each) => (each.kind === 'message' ? textOf(each.plaintext) : each.kind));
const personOf = async (device: ChatDevice) => ({ hexkeyId: await api.hexkeyIdOf(device.accountId) });

test('a message from one person to another: taken, delivered, acked and forgotten', async () => {
  const cid = await newcomer('Cid');
  const { groupId, atFirst, at } = await conversation('direct', bob, cid);
  const frame = await bob.message(groupId, 'hello');
  // Of what a group is sent in one instant each has a time after the one before: its first commit and its welcome were first.
  const sentAtMs = api.clock.now() + 2;
  expect(await atFirst.send(frame)).toMatchObject({ type: 'sent', sentAtMs, readd: false });
  expect(await atFirst.ask([frame.clientMessageId])).toEqual([]);
  expect(textsOf(await at[0].take(cid.crypto, 1))).toEqual(['hello']);
  await until(() => atFirst.others.length === 1);
  expect(atFirst.others).toEqual([
    { type: 'delivered', id: null, clientMessageIds: [frame.clientMessageId] },
  ]);
  expect(await atFirst.ask([frame.clientMessageId])).toEqual([frame.clientMessageId]);
  expect(await at[0].ask([frame.clientMessageId])).toEqual([]); // it is not its sender
  await nothingLeft(groupId);
});

test('the own other devices get a copy; delivered is what every device of the others has, whatever the own ones do', async () => {
  const { groupId, atFirst, at } = await conversation('group', bob, ana, ana2);
  const frame = await ana.message(groupId, 'from Ana');
  await at[0].send(frame);
  expect(textsOf(await atFirst.take(bob.crypto, 1))).toEqual(['from Ana']);
  await until(() => at[0].others.length === 1);
  expect(await rowsOf(groupId)).toBe(2); // the copy for her second device
  const back = await bob.message(groupId, 'to both');
  await atFirst.send(back);
  await at[0].take(ana.crypto, 1);
  expect(await atFirst.ask([back.clientMessageId])).toEqual([]);
  expect(textsOf(await at[1].take(ana2.crypto, 2))).toEqual(['from Ana', 'to both']);
  await until(async () => (await atFirst.ask([back.clientMessageId])).length === 1);
  await nothingLeft(groupId);
});

test('the same message again is answered the same and sent once, also after the epoch has gone on', async () => {
  const { groupId, atFirst, at } = await conversation('group', ana, bob);
  const frame = await ana.message(groupId, 'once');
  const first = await atFirst.send(frame);
  api.clock.advance(1000);
  const both = await Promise.all([atFirst.send(frame), atFirst.send(frame)]);
  await ana.commit(groupId, {});
  await atFirst.take(ana.crypto, 1);
  for (const again of [...both, await atFirst.send(frame)]) expect({ ...again, id: first.id }).toEqual(first);
  expect(await at[0].take(bob.crypto, 2)).toMatchObject([{ kind: 'message' }, { kind: 'commit', epoch: 2 }]);
  await nothingLeft(groupId);
});

test('a message of another epoch, group or sender is not taken, and one that is too long', async () => {
  const { groupId, atFirst, at } = await conversation('group', ana, bob);
  const cid = await newcomer('Cid');
  const [atCid] = await online(cid);
  const frame = await ana.message(groupId, 'x');
  for (const epoch of [0, 2])
    expect(await atFirst.send({ ...frame, epoch })).toMatchObject({ reason: 'stale_epoch', epoch: 1 });
  expect(await atCid.send(frame)).toMatchObject({ type: 'not_sent', reason: 'not_a_member' });
  expect(await atFirst.send({ ...frame, groupId: newUuid(api.random) })).toMatchObject({
    reason: 'no_group',
  });
  const body = new Uint8Array(messageLimitBytes + 1);
  expect(await atFirst.send({ ...frame, body })).toMatchObject({ reason: 'too_large' });
  const longest = { ...frame, clientMessageId: newUuid(api.random), body: body.subarray(1) };
  expect(await atFirst.send(longest)).toMatchObject({ type: 'sent' });
  await until(() => at[0].envelopes.length === 2);
  expect(at[0].envelopes[1]?.body.length).toBe(messageLimitBytes);
});

test('a transient message reaches who is connected, and is kept nowhere', async () => {
  const { groupId, atFirst, at } = await conversation('group', ana, bob);
  const typing = { ...(await ana.message(groupId, 'typing')), transient: true };
  expect(await atFirst.send(typing)).toMatchObject({ type: 'sent' });
  await until(() => at[0].others.length === 1);
  expect(at[0].others[0]).toMatchObject({ type: 'transient', senderDevice: ana.deviceId, body: typing.body });
  expect(await rowsOf(groupId)).toBe(0);
  expect(await atFirst.ask([typing.clientMessageId])).toEqual([]);
});

test('who is blocked is answered as ever, and nothing of it arrives; the own devices get their copies', async () => {
  const cid = await newcomer('Cid');
  const { groupId, atFirst, at } = await conversation('direct', ana, ana2, cid);
  const block = (name: 'blockPerson' | 'unblockPerson') => async () =>
    await cid.call(name, { body: await personOf(ana) });
  await block('blockPerson')();
  const dropped = await ana.message(groupId, 'dropped');
  const transient = { ...(await ana.message(groupId, 'typing')), transient: true };
  expect(await atFirst.send(dropped)).toMatchObject({ type: 'sent', readd: false });
  expect(await atFirst.send(transient)).toMatchObject({ type: 'sent', readd: false });
  expect(textsOf(await at[0].take(ana2.crypto, 1))).toEqual(['dropped']);
  await nothingLeft(groupId);
  expect(await atFirst.ask([dropped.clientMessageId])).toEqual([]);
  await block('unblockPerson')();
  await atFirst.send(await ana.message(groupId, 'heard'));
  expect(textsOf(await at[1].take(cid.crypto, 1))).toEqual(['heard']);
  expect(await atFirst.ask([dropped.clientMessageId])).toEqual([]);
  expect(at[1].others).toEqual([]);
});

test('a stranger who is not let through gets packages of last resort and the same answers; let through later, the person is added again', async () => {
  const cid = await newcomer('Cid');
  await cid.call('blockPerson', { body: await personOf(bob) });
  const left = async () => (await cid.publish(0)).body as { left: number };
  const before = await left();
  const groupId = newUuid(api.random);
  const [atBob, atCid] = await online(bob, cid);
  const begun = await bob.begin(groupId, 'direct', [cid]);
  expect(begun).toMatchObject({ status: 200, body: { epoch: 1 } });
  expect(await left()).toEqual(before);
  await atBob.take(bob.crypto, 1);
  const unheard = await bob.message(groupId, 'unheard');
  expect(await atBob.send(unheard)).toMatchObject({ type: 'sent', readd: false });
  const list = async (device: ChatDevice) =>
    (
      (await device.call('listGroups')).body as { groups: { groupId: string; members: unknown[] }[] }
    ).groups.find((group) => group.groupId === groupId);
  expect((await list(bob))?.members).toEqual(
    expect.arrayContaining([{ accountId: cid.accountId, role: 'member', state: 'in' }]),
  );
  expect(await list(cid)).toBeUndefined();
  expect(atCid.envelopes).toEqual([]);

  await cid.call('unblockPerson', { body: await personOf(bob) });
  expect(await atBob.send(unheard)).toMatchObject({ type: 'sent', readd: true });
  const [member] = (await bob.crypto.members(groupId)).filter(({ accountId }) => accountId === cid.accountId);
  const again = await bob.claim(await personOf(cid));
  const add = again.devices.map(({ keyPackage }) => Buffer.from(keyPackage, 'base64url'));
  expect((await bob.commit(groupId, { add, remove: [member?.leafIndex as number] })).status).toBe(200);
  await atBob.take(bob.crypto, 1);
  expect(await atBob.send(await bob.message(groupId, 'heard'))).toMatchObject({ readd: false });
  expect(textsOf(await atCid.take(cid.crypto, 2))).toEqual(['joined', 'heard']);
  expect(await atBob.ask([unheard.clientMessageId])).toEqual([]);
});

test('a removed member gets the commit that removes it, and nothing after; it sends nothing either', async () => {
  const cid = await newcomer('Cid');
  const { groupId, atFirst, at } = await conversation('group', ana, bob, cid);
  const leafIndex = (await ana.crypto.members(groupId)).find(
    (each) => each.accountId === cid.accountId,
  )?.leafIndex;
  const before = await cid.message(groupId, 'last words');
  await at[1].send(before);
  await atFirst.take(ana.crypto, 1);
  expect((await ana.commit(groupId, { remove: [leafIndex as number] })).status).toBe(200);
  await atFirst.take(ana.crypto, 1);
  const secret = await ana.message(groupId, 'without Cid');
  await atFirst.send(secret);
  expect(textsOf(await at[0].take(bob.crypto, 3))).toEqual(['last words', 'commit', 'without Cid']);
  expect(await at[1].take(cid.crypto, 1)).toMatchObject([{ kind: 'commit', removedSelf: true }]);
  expect(await at[1].send({ ...before, clientMessageId: newUuid(api.random), epoch: 2 })).toMatchObject({
    reason: 'not_a_member',
  });
  // Whatever it gets hold of: it opens nothing of the epoch after.
  const stolen = { envelopeId: newUuid(api.random), groupId, kind: 'message', body: secret.body } as const;
  expect((await cid.crypto.receive(stolen)).kind).not.toBe('message');
  await nothingLeft(groupId);
  expect(at[1].envelopes).toHaveLength(2);
});

test('who leaves is out at once, with all that waited; any member clears the leaves away', async () => {
  const cid = await newcomer('Cid');
  const { groupId, atFirst, at } = await conversation('group', ana, bob, cid);
  at[1].close();
  const waiting = await ana.message(groupId, 'waiting');
  await atFirst.send(waiting);
  await at[0].take(bob.crypto, 1);
  expect((await ana.call('leaveGroup', { body: { groupId } })).refusal?.name).toBe('OwnerMustHandOver');
  expect((await cid.call('leaveGroup', { body: { groupId } })).status).toBe(204);
  expect((await cid.call('leaveGroup', { body: { groupId } })).status).toBe(204);
  await atFirst.take(ana.crypto, 1);
  await at[0].take(bob.crypto, 1);
  expect(at[0].envelopes.at(-1)).toMatchObject({ kind: 'notice', senderAccount: null });
  await nothingLeft(groupId);
  // The only device it waited for is gone: it was never delivered.
  expect(await atFirst.ask([waiting.clientMessageId])).toEqual([]);
  const [atCid] = await online(cid);
  const leafIndex = (await bob.crypto.members(groupId)).find(
    (each) => each.accountId === cid.accountId,
  )?.leafIndex;
  expect((await bob.commit(groupId, { remove: [leafIndex as number] })).status).toBe(200);
  await at[0].take(bob.crypto, 1);
  await atFirst.take(ana.crypto, 1);
  expect(atCid.envelopes).toEqual([]);
  expect((await cid.call('getGroupInfo', { query: `groupId=${groupId}` })).refusal?.name).toBe('NotAMember');
  await nothingLeft(groupId);
});

test('a device that is ended is out of its queues at once; a message that waited for it alone is not delivered', async () => {
  const person = await personWithPin(api, 'Dan');
  const dan = await chatDevice(api, person);
  const dan2 = await chatDevice(api, await secondDevice(api, person));
  await dan.publish();
  await dan2.publish();
  const { groupId, atFirst, at } = await conversation('group', bob, dan, dan2);
  at[1].close();
  const both = await bob.message(groupId, 'for both');
  await atFirst.send(both);
  await at[0].take(dan.crypto, 1);
  expect((await callWithPin(person, 'endDevice', { sessionId: dan2.deviceId })).status).toBe(204);
  await nothingLeft(groupId);
  // His other device has it.
  expect(await atFirst.ask([both.clientMessageId])).toEqual([both.clientMessageId]);
  at[0].close();
  const lost = await bob.message(groupId, 'lost');
  await atFirst.send(lost);
  await dan.call('switchAccount');
  await nothingLeft(groupId);
  expect(await atFirst.ask([lost.clientMessageId])).toEqual([]);
  await atFirst.send(await bob.message(groupId, 'to nobody'));
  await nothingLeft(groupId);
});

test('while messages come, one device is ended, one account leaves and one is removed: nothing stays, and the others have all of it', async () => {
  const [cid, dan] = [await newcomer('Cid'), await newcomer('Dan')];
  const evePerson = await personWithPin(api, 'Eve');
  const eve = await chatDevice(api, evePerson);
  await eve.publish();
  const { groupId, atFirst, at } = await conversation('group', ana, bob, cid, dan, eve);
  for (const socket of [at[1], at[2], at[3]]) socket.close();
  const danLeaf = (await ana.crypto.members(groupId)).find(({ accountId }) => accountId === dan.accountId);
  const burst = () =>
    Promise.all([...Array(15)].map(async () => at[0].send(await bob.message(groupId, 'in the burst'))));
  const [answers] = await Promise.all([
    burst(),
    eve.call('switchAccount'),
    cid.call('leaveGroup', { body: { groupId } }),
    ana.commit(groupId, { remove: [danLeaf?.leafIndex as number] }),
  ]);
  const sent = answers.filter(({ type }) => type === 'sent').length;
  await until(() => atFirst.envelopes.filter(({ kind }) => kind === 'message').length === sent);
  const ackAll = ({ envelopes, ack }: ChatSocket) => ack(...envelopes.map(({ envelopeId }) => envelopeId));
  const [atDan] = await online(dan);
  await until(async () => {
    for (const socket of [atFirst, at[0], atDan]) ackAll(socket);
    return (await rowsOf(groupId)) === 0;
  });
});

test('a new device of a member joins by itself, removes the old leaf, and gets what is said from then on', async () => {
  const { groupId, atFirst, at } = await conversation('group', bob, ana);
  const [at2] = await online(ana2);
  const info = (await ana2.call('getGroupInfo', { query: `groupId=${groupId}` })).body as {
    groupInfo: string;
  };
  const old = (await bob.crypto.members(groupId)).find(
    ({ deviceId }) => deviceId === ana.deviceId,
  )?.leafIndex;
  const join = await ana2.crypto.joinExternally(groupId, Buffer.from(info.groupInfo, 'base64url'), old);
  expect(await ana2.handIn(join)).toMatchObject({ status: 200, body: { epoch: 2 } });
  expect(await at2.take(ana2.crypto, 1)).toMatchObject([{ kind: 'commit', own: true, external: true }]);
  expect(await atFirst.take(bob.crypto, 1)).toMatchObject([{ kind: 'commit', external: true }]);
  expect(await at[0].take(ana.crypto, 1)).toMatchObject([{ removedSelf: true }]);
  await atFirst.send(await bob.message(groupId, 'welcome back'));
  expect(textsOf(await at2.take(ana2.crypto, 1))).toEqual(['welcome back']);
  expect(at[0].envelopes).toHaveLength(2);
  await nothingLeft(groupId);
});

test('thirty days, then what nobody fetched is gone, and was not delivered', async () => {
  const { groupId, atFirst, at } = await conversation('group', ana, bob);
  at[0].close();
  const frame = await ana.message(groupId, 'old');
  await atFirst.send(frame);
  api.clock.advance(30 * day - 1);
  await sweep(api.deps.stores, api.clock.now());
  expect(await rowsOf(groupId)).toBe(2);
  api.clock.advance(1);
  const [atBob] = await online(bob);
  expect(await atFirst.ask([frame.clientMessageId])).toEqual([]);
  expect(atBob.envelopes).toEqual([]);
  await sweep(api.deps.stores, api.clock.now());
  expect(await rowsOf(groupId)).toBe(0);
});

test('a device that sends without end is told to wait, then loses its socket; the others go on', async () => {
  const { groupId, atFirst, at } = await conversation('group', ana, bob);
  const frame = { ...(await ana.message(groupId, 'again')), transient: true };
  const answers = await Promise.allSettled(
    Array.from({ length: limits.sendsPerDevice.max + 300 }, () => atFirst.send(frame)),
  );
  const values = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  // A batch may still have been under way when the socket was closed: those have no answer.
  const sent = values.filter(({ type }) => type === 'sent').length;
  expect(sent).toBeLessThanOrEqual(limits.sendsPerDevice.max);
  expect(sent).toBeGreaterThan(limits.sendsPerDevice.max - 128);
  expect(values.find(({ type }) => type === 'not_sent')).toMatchObject({
    reason: 'too_many',
    retryAfterMs: 50,
  });
  expect(await atFirst.closed).toBe(socketCloseCodes.flooded);
  expect(await at[0].send(await bob.message(groupId, 'calm'))).toMatchObject({ type: 'sent' });
});

test('bytes without end are too many; questions and acks of what never came, without end, cost the socket', async () => {
  const { groupId, atFirst, at } = await conversation('group', ana, bob);
  const frame = { ...(await ana.message(groupId, 'large')), transient: true };
  const large = { ...frame, body: new Uint8Array(messageLimitBytes) };
  const most = limits.sentBytesPerDevice.max / messageLimitBytes;
  at[0].close();
  const answers = await Promise.all(Array.from({ length: most + 1 }, () => atFirst.send(large)));
  expect(answers.filter(({ type }) => type === 'sent')).toHaveLength(most);
  expect(answers.at(-1)).toMatchObject({ type: 'not_sent', reason: 'too_many' });
  const [asking, acking] = await online(ana2, bob);
  for (let sent = 0; sent <= limits.questionsPerDevice.max; sent += 1) acking.ack(newUuid(api.random));
  expect(await acking.closed).toBe(socketCloseCodes.flooded);
  const asked = Array.from({ length: limits.questionsPerDevice.max + 1 }, () => asking.ask([]));
  expect((await Promise.allSettled(asked)).some(({ status }) => status === 'rejected')).toBe(true);
  expect(await asking.closed).toBe(socketCloseCodes.flooded);
});

test('a connection begins with everything that is not acked, and says how many key packages are left', async () => {
  const { groupId, atFirst, at } = await conversation('group', ana, bob);
  at[0].close();
  for (const text of ['1', '2', '3']) await atFirst.send(await ana.message(groupId, text));
  const [first] = await online(bob);
  await until(() => first.envelopes.length === 3);
  first.ack(first.envelopes[1]?.envelopeId as string);
  await until(async () => (await rowsOf(groupId)) === 4);
  const [second] = await online(bob);
  expect(await first.closed).toBe(socketCloseCodes.displaced);
  expect(textsOf(await second.take(bob.crypto, 2))).toEqual(['1', '3']);
  await nothingLeft(groupId);
  expect(second.keyPackages).toBeGreaterThan(0);
  await bob.publish(50);
  await bob.publish(50);
  await bob.publish(50);
  expect((await online(bob))[0].keyPackages).toBe(100);
});
