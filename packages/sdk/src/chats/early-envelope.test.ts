import { decodeServerFrame } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SocketLink } from '../deps.ts';
import { type ChatDevice, linesOf, newPerson, restarted, say, until } from '../testing/chat-people.ts';
import { type Mortality, mortality } from '../testing/mortal-conversations.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { testClient } from '../testing/test-client.ts';
import { testConversations } from '../testing/test-conversations.ts';
import { testSocketLink } from '../testing/test-socket-link.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
let life: Mortality = mortality(Number.POSITIVE_INFINITY);
let [ada, bob, eve]: ChatDevice[] = [];
beforeAll(async () => {
  network = await startNetwork(2);
  const conversations = testConversations(network.clock, {
    chats: (store) => life.chats(store),
    groups: (store) => life.groups(store),
  });
  ada = await newPerson(network, {}, conversations);
  [bob, eve] = [await newPerson(network), await newPerson(network)];
});
afterAll(() => network.stop());

const people = () => [ada, bob, eve] as [ChatDevice, ChatDevice, ChatDevice];

/** A server that keeps commits back from this connection, so that what was said after one comes before it. */
function withoutCommits(link: SocketLink): SocketLink {
  return {
    ...link,
    open(url) {
      const socket = link.open(url);
      let hear: typeof socket.onmessage = null;
      socket.onmessage = (event) => {
        const frame = decodeServerFrame(new Uint8Array(event.data as ArrayBuffer));
        if (frame.type !== 'envelope' || frame.kind !== 'commit') hear?.call(socket as never, event);
      };
      return Object.defineProperty(socket, 'onmessage', {
        set: (next: typeof hear) => {
          hear = next;
        },
      });
    },
  };
}

/** Ada hears what was said before the commit it was said after, and dies after so many steps of that. @returns whether she died of it */
async function hearEarly(steps: number, heard: () => Promise<boolean>): Promise<boolean> {
  const [before] = people();
  const doomed = mortality(steps);
  life = doomed;
  const client = testClient(network, {
    vault: before.vault,
    ...before.conversations.deps,
    socket: doomed.socket(withoutCommits(testSocketLink(network))),
    fetch: doomed.fetch(fetch),
    reportBug: () => undefined,
  });
  await client.start();
  const end = client.teamHexkey.connect();
  await until(async () => doomed.isDead() || (await heard()));
  end();
  await until(() => doomed.isDead() || client.teamHexkey.connection === 'off');
  life = mortality(Number.POSITIVE_INFINITY);
  ada = await restarted(network, before);
  return doomed.isDead();
}

/** How many the server still has for an account's devices. */
async function messagesFor({ accountId }: ChatDevice): Promise<number> {
  const queue = network.database.db.selectFrom('envelope_queue').select('envelope_id');
  const messages = queue.innerJoin('envelopes', 'envelopes.id', 'envelope_id').where('kind', '=', 'message');
  return (await messages.where('account_id', '=', accountId).execute()).length;
}

test('what comes before the commit it was said after is shown once, wherever the client that heard it dies', async () => {
  const chatId = await people()[1].client.chats.createGroup('Climbing', [people()[0].hexkeyId]);
  await until(async () => (await linesOf(people()[0], chatId)).length > 0);
  const early: string[] = [];
  for (let steps = 0, died = true; died; steps += 1) {
    const [away, speaker, other] = people();
    await away.disconnect();
    // Claiming key packages is limited.
    network.clock.advance(60 * 60_000);
    const { chats } = speaker.client;
    if (steps % 2 === 0) await chats.addMembers(chatId, [other.hexkeyId]);
    else await chats.removeMember(chatId, other.accountId);
    const text = `early ${steps}`;
    early.push(text);
    await say(speaker, chatId, text);
    await until(async () => (await chats.messages(chatId)).messages.at(-1)?.state === 'sent');
    // Acked at the server: what could not be read yet does not come again.
    died = await hearEarly(steps, async () => (await messagesFor(away)) === 0);
    await until(async () => (await linesOf(people()[0], chatId)).includes(text));
  }
  expect(early.length).toBeGreaterThan(2);
  const shown = (await linesOf(people()[0], chatId)).filter((line) => line.startsWith('early'));
  expect(shown).toEqual(early);
});
