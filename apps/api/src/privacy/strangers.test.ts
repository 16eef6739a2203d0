import { textOf } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newUuid } from '../identifiers.ts';
import { type ChatDevice, chatDevice } from '../testing/chat-device.ts';
import type { ChatSocket } from '../testing/chat-socket.ts';
import { personWithPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

// The three points of enforcement, on real sockets with real keys: nothing of what a stranger tries reaches the receiver.
let api: TestApi;
let ada: ChatDevice;
let friend: ChatDevice;
let stranger: ChatDevice;
let atAda: ChatSocket;
let atFriend: ChatSocket;
let atStranger: ChatSocket;
beforeAll(async () => {
  api = await startTestApi();
  const newcomer = async (name: string) => {
    const device = await chatDevice(api, await personWithPin(api, name));
    await device.publish(3);
    return device;
  };
  [ada, friend, stranger] = [await newcomer('Ada'), await newcomer('Friend'), await newcomer('Stranger')];
  await ada.call('addContact', { body: { hexkeyId: await api.hexkeyIdOf(friend.accountId) } });
  const body = { messages: 'contacts', groups: 'contacts', foundByPhone: 'nobody' };
  await ada.call('putPrivacy', { body });
  [atAda, atFriend, atStranger] = [await ada.connect(), await friend.connect(), await stranger.connect()];
});
afterAll(async () => {
  for (const socket of [atAda, atFriend, atStranger]) socket.close();
  await api.close();
});

const left = async () => ((await ada.publish(0)).body as { left: number }).left;
const textsOf = (received: Awaited<ReturnType<ChatSocket['take']>>) =>
  received.map((each) => (each.kind === 'message' ? textOf(each.plaintext) : each.kind));

test('at a claim and at a message: one check, no package used up, nothing delivered', async () => {
  const before = await left();
  const groupId = newUuid(api.random);
  expect(await stranger.begin(groupId, 'direct', [ada])).toMatchObject({ status: 200, body: { epoch: 1 } });
  expect(await left()).toBe(before);
  await atStranger.take(stranger.crypto, 1);
  const unheard = await stranger.message(groupId, 'unheard');
  expect(await atStranger.send(unheard)).toMatchObject({ type: 'sent', readd: false });
  expect(await atStranger.ask([unheard.clientMessageId])).toEqual([]);
  const queued = api.database.db.selectFrom('envelope_queue').select('envelope_id');
  expect(await queued.where('account_id', '=', ada.accountId).execute()).toEqual([]);
  expect(atAda.envelopes).toEqual([]);
});

test('at an add: the group goes on without the receiver, who sees no group', async () => {
  const groupId = newUuid(api.random);
  expect((await stranger.begin(groupId, 'group', [friend, ada])).status).toBe(200);
  expect(textsOf(await atFriend.take(friend.crypto, 1))).toEqual(['joined']);
  await atStranger.take(stranger.crypto, 1);
  await atStranger.send(await stranger.message(groupId, 'who is here'));
  expect(textsOf(await atFriend.take(friend.crypto, 1))).toEqual(['who is here']);
  const { groups } = (await ada.call('listGroups')).body as { groups: { groupId: string }[] };
  expect(groups).toEqual([]);
  expect(atAda.envelopes).toEqual([]);
});

test('a contact is let through at each of them', async () => {
  const before = await left();
  const groupId = newUuid(api.random);
  await friend.begin(groupId, 'direct', [ada]);
  expect(await left()).toBe(before - 1);
  expect(textsOf(await atAda.take(ada.crypto, 1))).toEqual(['joined']);
  await atFriend.take(friend.crypto, 1);
  await atFriend.send(await friend.message(groupId, 'hello'));
  expect(textsOf(await atAda.take(ada.crypto, 1))).toEqual(['hello']);
});
