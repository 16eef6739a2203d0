import { decodeDeviceFrame, type SendFrame } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SocketLink } from '../deps.ts';
import { type ChatDevice, linesOf, newPerson, say, until, untilAllSee } from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { testSocketLink } from '../testing/test-socket-link.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
let [ada, bob, eve]: ChatDevice[] = [];
const sentByAda: SendFrame[] = [];
beforeAll(async () => {
  network = await startNetwork(2);
  [ada, bob, eve] = [
    await newPerson(network, { socket: tapped(sentByAda) }),
    await newPerson(network),
    await newPerson(network),
  ];
});
afterAll(() => network.stop());

/** A socket whose messages to the server are looked at. */
function tapped(into: SendFrame[]): SocketLink {
  const link = testSocketLink(network);
  return {
    ...link,
    open(url) {
      const socket = link.open(url);
      const send = socket.send.bind(socket);
      socket.send = (bytes) => {
        const frame = decodeDeviceFrame(new Uint8Array(bytes as Uint8Array));
        if (frame.type === 'send') into.push(frame);
        send(bytes);
      };
      return socket;
    },
  };
}

const people = () => [ada, bob, eve] as [ChatDevice, ChatDevice, ChatDevice];
const membersOf = async ({ client }: ChatDevice, chatId: string) =>
  (await client.chats.group(chatId)).members.map(({ accountId, role }) => [accountId, role]);

test('a group has a name, tells who was added, and its members write to each other', async () => {
  const [owner, member, third] = people();
  const chatId = await owner.client.chats.createGroup('Climbing', [member.hexkeyId]);
  await say(owner, chatId, 'hello');
  await untilAllSee([owner], chatId, ['(created)', 'hello']);
  await untilAllSee([member], chatId, ['(added)', 'hello']);
  await until(async () => (await member.client.chats.get(chatId)).name === 'Climbing');
  await say(member, chatId, 'hello yourself');
  await owner.client.chats.addMembers(chatId, [third.hexkeyId]);
  await until(async () => (await linesOf(third, chatId)).length === 1);
  await until(async () => (await third.client.chats.get(chatId)).name === 'Climbing');
  await say(third, chatId, 'and me');
  // Whoever came later reads from there on.
  await untilAllSee([third], chatId, ['(added)', 'and me']);
  await untilAllSee([member], chatId, ['(added)', 'hello', 'hello yourself', '(added)', 'and me']);
  expect(await membersOf(third, chatId)).toEqual([
    [owner.accountId, 'owner'],
    ...(await membersOf(owner, chatId)).slice(1),
  ]);
});

test('what owner or admins pin is pinned for all, until they take it off or it is deleted', async () => {
  const [owner, member] = people();
  const chatId = await owner.client.chats.createGroup('Plans', [member.hexkeyId]);
  const first = await say(owner, chatId, 'Saturday, nine');
  const second = await say(owner, chatId, 'bring ropes');
  await untilAllSee([member], chatId, ['(added)', 'Saturday, nine', 'bring ropes']);
  await until(async () => (await membersOf(member, chatId)).length === 2);
  await expect(member.client.chats.pinMessage(chatId, first, true)).rejects.toMatchObject({
    name: 'Forbidden',
  });
  const pinnedBy = async ({ client }: ChatDevice) =>
    (await client.chats.pinnedMessages(chatId)).map(({ id }) => id);
  await owner.client.chats.pinMessage(chatId, first, true);
  await owner.client.chats.pinMessage(chatId, second, true);
  // Before it has gone out it is shown to who did it.
  expect(await pinnedBy(owner)).toEqual([second, first]);
  for (const person of [owner, member])
    await until(async () => `${await pinnedBy(person)}` === `${[second, first]}`);
  await owner.client.chats.pinMessage(chatId, second, false);
  await until(async () => `${await pinnedBy(member)}` === first);
  await owner.client.chats.deleteForEveryone(chatId, first);
  await until(async () => (await pinnedBy(member)).length === 0);
});

test('a poll is answered by everybody, and all see who chose what', async () => {
  const [owner, member] = people();
  const { chats } = owner.client;
  const chatId = await chats.createGroup('Dinner', [member.hexkeyId]);
  const poll = {
    kind: 'poll',
    question: 'Where?',
    options: ['Here', 'There', 'Nowhere'],
    several: true,
  } as const;
  const id = await chats.send(chatId, poll);
  await untilAllSee([owner], chatId, ['(created)', '(poll)']);
  await untilAllSee([member], chatId, ['(added)', '(poll)']);
  const chosenSeenBy = async ({ client }: ChatDevice) => {
    const content = (await client.chats.messages(chatId)).messages.at(-1)?.content;
    return content?.kind === 'poll'
      ? content.options.map(({ who }) => who.map(({ accountId }) => accountId))
      : [];
  };
  const [own, other] = [owner.accountId, member.accountId];
  await chats.vote(chatId, id, [1]);
  // Before it has gone out it is shown to who did it.
  expect(await chosenSeenBy(owner)).toEqual([[], [own], []]);
  await until(async () => `${await chosenSeenBy(member)}` === `,${own},`);
  await member.client.chats.vote(chatId, id, [0, 1]);
  await chats.vote(chatId, id, [0]);
  for (const person of [owner, member])
    await until(async () => (await chosenSeenBy(person)).map((who) => who.length).join() === '2,1,0');
  expect((await chosenSeenBy(member))[1]).toEqual([other]);
  for (const choices of [[3], [-1], [0.5]])
    await expect(chats.vote(chatId, id, choices)).rejects.toMatchObject({ name: 'InvalidField' });
  await expect(chats.send(chatId, { ...poll, options: ['Here'] })).rejects.toMatchObject({
    name: 'InvalidField',
  });
});

test('a removed member reads nothing that is said afterwards, whatever the server gives them', async () => {
  const [owner, member, third] = people();
  const chatId = await owner.client.chats.createGroup('Surprise', [member.hexkeyId, third.hexkeyId]);
  await say(owner, chatId, 'all of us');
  await untilAllSee([member, third], chatId, ['(added)', 'all of us']);
  await owner.client.chats.removeMember(chatId, member.accountId);
  await until(async () => (await member.client.chats.get(chatId)).obstacle === 'removed');
  await until(async () => (await membersOf(third, chatId)).length === 2);
  await say(owner, chatId, 'without them');
  await untilAllSee([third], chatId, ['(added)', 'all of us', '(removed)', 'without them']);
  expect(await linesOf(member, chatId)).toEqual(['(added)', 'all of us', '(removed)']);
  await expect(say(member, chatId, 'still there?')).rejects.toMatchObject({
    details: { obstacle: 'removed' },
  });

  // The very bytes, handed over by somebody.
  const body = sentByAda.filter(({ groupId }) => groupId === chatId).at(-1)?.body as Uint8Array;
  await member.disconnect();
  const device = { accountId: member.accountId, deviceId: await sessionOf(member) };
  const crypto = await member.conversations.deps.conversations.openGroupCrypto(device, async () => null);
  const envelopeId = '3f333df6-90a4-4fda-8dd3-9485d27cee36';
  const received = await crypto.receive({ envelopeId, groupId: chatId, kind: 'message', body });
  expect(received.kind).toBe('poison');
  await crypto.taken([envelopeId]);
  await member.connect();
});

async function sessionOf({ client }: ChatDevice): Promise<string> {
  const { place } = client;
  return place.at === 'signed-out' ? '' : place.session.sessionId;
}

test('the owner makes admins and hands over; admins add and remove, members do not', async () => {
  const [owner, member, third] = people();
  const chatId = await owner.client.chats.createGroup('Roles', [member.hexkeyId, third.hexkeyId]);
  await until(async () => (await linesOf(member, chatId)).length > 0);
  await until(async () => (await linesOf(third, chatId)).length > 0);
  await expect(member.client.chats.removeMember(chatId, third.accountId)).rejects.toMatchObject({
    name: 'Forbidden',
  });
  await owner.client.chats.setRole(chatId, member.accountId, 'admin');
  await until(async () => (await member.client.chats.group(chatId)).ownRole === 'admin');
  // Of two profiles the later one counts; time stands still here.
  network.clock.advance(1);
  await member.client.chats.setGroupProfile(chatId, { name: 'Renamed', picture: Uint8Array.of(1, 2, 3) });
  await until(async () => (await third.client.chats.get(chatId)).name === 'Renamed');
  expect((await third.client.chats.get(chatId)).picture).toEqual(Uint8Array.of(1, 2, 3));
  await member.client.chats.removeMember(chatId, third.accountId);
  await until(async () => (await third.client.chats.get(chatId)).obstacle === 'removed');
  await expect(owner.client.chats.leave(chatId)).rejects.toMatchObject({ name: 'OwnerMustHandOver' });
  await owner.client.chats.setRole(chatId, member.accountId, 'owner');
  await until(async () => (await owner.client.chats.group(chatId)).ownRole === 'admin');
  await owner.client.chats.leave(chatId);
  await until(async () => (await owner.client.chats.get(chatId)).obstacle === 'left');
  await until(async () => (await membersOf(member, chatId)).length === 1);
});

test('somebody with the link asks to be let in, and is once an admin says so', async () => {
  const [owner, , third] = people();
  const chatId = await owner.client.chats.createGroup('Open house', []);
  const link = await owner.client.chats.createInvite(chatId);
  expect(third.client.chats.readInvite(link)).toEqual({ groupName: 'Open house' });
  await third.client.chats.requestToJoin(link);
  await until(async () => (await owner.client.chats.joinRequests(chatId)).length === 1);
  await owner.client.chats.answerJoinRequest(chatId, third.accountId, true);
  await until(async () => (await linesOf(third, chatId)).length > 0);
  await say(third, chatId, 'thank you');
  await untilAllSee([owner], chatId, ['(created)', '(joined-by-link)', 'thank you']);
  await untilAllSee([third], chatId, ['(joined-by-link)', 'thank you']);
  await owner.client.chats.revokeInvite(chatId);
  const [, member] = people();
  await expect(member.client.chats.requestToJoin(link)).rejects.toMatchObject({ name: 'NotFound' });
  expect(() => third.client.chats.readInvite('https://elsewhere.example')).toThrow('NotFound');
});
