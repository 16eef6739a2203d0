import { type AnswerOf, routes } from '@hexkey/contract';
import { type GroupCrypto, memoryGroupStore, openGroupCrypto } from '@hexkey/group-crypto';
import {
  encodeMessage,
  encodeServerFrame,
  keyPairOfSeed,
  makeCredential,
  readCredential,
  Secret,
  type SignedDeviceList,
  signDeviceList,
  toBase64url,
} from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Fetch, Socket } from '../deps.ts';
import { newUuid } from '../new-uuid.ts';
import { type ChatDevice, linesOf, newPerson, say, until, untilAllSee } from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { testSocketLink } from '../testing/test-socket-link.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const random = seededRandom('a server that makes groups');
/** An account of the server's own: its device list is as good as anybody's. */
const mallory = {
  accountId: '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e',
  deviceId: '1b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e',
};
const malloryAik = keyPairOfSeed(new Secret(random(32)));
const anybody = async (identity: Uint8Array) => {
  const { accountId, deviceId } = readCredential(identity);
  return { accountId, deviceId, accountKey: new Uint8Array(32) };
};

let network: TestNetwork;
let list: SignedDeviceList;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

let server: GroupCrypto;
let bob: ChatDevice;
let ada: ChatDevice;
let chatId: string;
let link: ReturnType<typeof testSocketLink>;
/** What the server says of Ada's conversation, in the place of the truth. */
let lie: Partial<AnswerOf<typeof routes.listGroups>['groups'][number]>;

beforeEach(async () => {
  lie = {};
  const { clock } = network;
  server = await openGroupCrypto({
    store: memoryGroupStore(),
    device: mallory,
    validate: anybody,
    random,
    clock,
  });
  const signatureKey = await server.signatureKey();
  await server.setCredential(makeCredential(malloryAik, mallory, signatureKey));
  const devices = [{ deviceId: mallory.deviceId, signatureKey }];
  list = signDeviceList(malloryAik, { accountId: mallory.accountId, version: 1, devices, handovers: [] });
  bob = await newPerson(network);
  link = testSocketLink(network);
  ada = await newPerson(network, { fetch: lyingFetch, socket: link });
  chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'hello');
  await untilAllSee([ada, bob], chatId, ['hello']);
});

const lyingFetch: Fetch = async (url, init) => {
  const asked = await new Response(init.body).text();
  if (url.endsWith(routes.getDeviceLists.path) && asked.includes(mallory.accountId)) {
    const view = { list: toBase64url(list.list), signature: toBase64url(list.signature) };
    return Response.json({ lists: [{ accountId: mallory.accountId, ...view }] });
  }
  const response = await fetch(url, init);
  const isAsked = init.method !== 'POST' && url.endsWith(routes.listGroups.path);
  if (!response.ok || !isAsked) return response;
  const { groups } = (await response.json()) as AnswerOf<typeof routes.listGroups>;
  return Response.json({ groups: groups.map((group) => ({ ...group, ...lie })) });
};

const running = ({ conversations }: ChatDevice) => conversations.opened.at(-1) as GroupCrypto;

/** A group of the server and these devices, with the id of the conversation and a later epoch, as a welcome. */
async function falseWelcome(devices: readonly ChatDevice[]): Promise<Uint8Array> {
  await server.create(chatId);
  for (const round of [1, 2, 3]) {
    const { commit } = await server.prepareCommit(chatId, {});
    await server.receive({ envelopeId: `round ${round}`, groupId: chatId, kind: 'commit', body: commit });
  }
  const add: Uint8Array[] = [];
  for (const device of devices) add.push(...(await running(device).makeKeyPackages(1)));
  const { commit, welcome } = await server.prepareCommit(chatId, { add });
  await server.receive({ envelopeId: 'false', groupId: chatId, kind: 'commit', body: commit });
  return welcome ?? expect.fail('no welcome');
}

/** The server pushes something in the name of the conversation; resolves when Ada has acked it. */
async function push(kind: 'welcome' | 'message', body: Uint8Array): Promise<void> {
  const before = link.framesSent();
  // After all that was said: a group's times rise.
  network.clock.advance(1000);
  const frame = {
    type: 'envelope',
    ...{
      envelopeId: newUuid(random),
      groupId: chatId,
      kind,
      body,
      epoch: 9,
      clientMessageId: newUuid(random),
    },
    ...{ senderAccount: bob.accountId, senderDevice: mallory.deviceId, sentAtMs: network.clock.now() },
  } as const;
  const socket = link.opened.at(-1) as Socket;
  socket.onmessage?.call(socket as never, { data: encodeServerFrame(frame).buffer } as never);
  await until(() => link.framesSent() > before);
}

test('a group of Ada and the server under the conversation’s id takes nothing over: what she says goes to Bob', async () => {
  await push('welcome', await falseWelcome([ada]));
  await say(ada, chatId, 'for Bob');
  await untilAllSee([ada, bob], chatId, ['hello', 'for Bob']);
  expect(await accountsIn(ada)).toEqual([ada.accountId, bob.accountId].sort());
});

test('nor one in which Bob is too: the conversation is closed, nothing is said into it, and nobody else speaks in it', async () => {
  await push('welcome', await falseWelcome([ada, bob]));
  await until(async () => (await ada.client.chats.get(chatId)).obstacle === 'closed');
  await expect(say(ada, chatId, 'for Bob')).rejects.toMatchObject({ name: 'ChatClosed' });
  const id = '2b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
  const content = { kind: 'text', text: 'I am Bob', replyTo: null } as const;
  const { ciphertext } = await server.encrypt(chatId, id, encodeMessage({ id, content }));
  await push('message', ciphertext);
  await ada.client.settled();
  expect(await linesOf(ada, chatId)).toEqual(['hello']);
  // A new connection asks the server, which says that all is well.
  await ada.disconnect();
  await ada.connect();
  expect((await ada.client.chats.get(chatId)).obstacle).toBe('closed');
});

test('a member who says a message under the id of somebody else’s takes its place nowhere, not even of one that is on its way', async () => {
  const { chats, people } = ada.client;
  const sent = (await chats.messages(chatId)).messages[0]?.id as string;
  await ada.disconnect();
  const waiting = await say(ada, chatId, 'mine');
  await people.block(bob.hexkeyId);
  await ada.connect();
  for (const id of [sent, waiting]) {
    const content = { kind: 'text', text: 'not hers', replyTo: null } as const;
    const { ciphertext } = await running(bob).encrypt(chatId, id, encodeMessage({ id, content }));
    await push('message', ciphertext);
  }
  await until(async () => (await linesOf(ada, chatId)).length === 4);
  await people.unblock(bob.hexkeyId);
  await until(async () => (await linesOf(bob, chatId)).includes('mine'));
  expect(await linesOf(ada, chatId)).toEqual(['hello', '(unreadable)', '(unreadable)', 'mine']);
});

test('what a conversation is, and with whom, stays as it was first said', async () => {
  const owner = { accountId: ada.accountId, role: 'owner', state: 'in' } as const;
  const other = { accountId: mallory.accountId, role: 'member', state: 'in' } as const;
  for (const kind of ['group', 'direct'] as const) {
    lie = { kind, members: [owner, other] };
    await ada.disconnect();
    await ada.connect();
    expect(await ada.client.chats.get(chatId)).toMatchObject({
      kind: 'direct',
      peer: { accountId: bob.accountId },
      obstacle: null,
    });
  }
});

const accountsIn = async (device: ChatDevice) =>
  (await running(device).members(chatId)).map(({ accountId }) => accountId).sort();
