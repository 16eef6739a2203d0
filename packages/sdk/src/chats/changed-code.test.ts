import { type AnswerOf, routes } from '@hexkey/contract';
import { keyPairOfSeed, Secret, signDeviceList, toBase64url } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import { type ChatDevice, linesOf, newPerson, say, until, untilAllSee } from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const serversAik = keyPairOfSeed(new Secret(seededRandom('an identity the server made')(32)));

let network: TestNetwork;
let eve: ChatDevice;
beforeAll(async () => {
  network = await startNetwork(2);
  eve = await newPerson(network);
});
afterAll(() => network.stop());

/** A server that may show somebody's list under an AIK of its own making, wherever it shows lists. */
function lyingServer() {
  const lie = { about: '' };
  const lyingFetch: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    const isClaim = url.endsWith(routes.claimKeyPackages.path);
    if (!response.ok || !(isClaim || url.endsWith(routes.getDeviceLists.path))) return response;
    const devices = [{ deviceId: crypto.randomUUID(), signatureKey: new Uint8Array(32).fill(7) }];
    const of = { accountId: lie.about, version: 99, devices, handovers: [] };
    const signed = lie.about === '' ? null : signDeviceList(serversAik, of);
    const forged = signed && { list: toBase64url(signed.list), signature: toBase64url(signed.signature) };
    if (isClaim) {
      const claimed = (await response.json()) as AnswerOf<typeof routes.claimKeyPackages>;
      const isMeant = forged !== null && claimed.accountId === lie.about;
      return Response.json(isMeant ? { ...claimed, deviceList: forged } : claimed);
    }
    const { lists } = (await response.json()) as AnswerOf<typeof routes.getDeviceLists>;
    return Response.json({
      lists: lists.map((each) => (forged && each.accountId === lie.about ? { ...each, ...forged } : each)),
    });
  };
  return { lie, fetch: lyingFetch };
}

const statesOf = async ({ client }: ChatDevice, chatId: string) =>
  (await client.chats.messages(chatId)).messages.map(({ state }) => state);

for (const kind of ['direct', 'group'] as const)
  test(`${kind}: nothing is encrypted to leaves that another identity key than the pinned one let in, and the conversation says that the code changed`, async () => {
    const server = lyingServer();
    const ada = await newPerson(network, { fetch: server.fetch });
    const bob = await newPerson(network);
    const { chats } = ada.client;
    const chatId =
      kind === 'direct'
        ? await chats.openDirect(bob.hexkeyId)
        : await chats.createGroup('Climbing', [bob.hexkeyId]);
    await say(ada, chatId, 'hello');
    await untilAllSee([bob], chatId, kind === 'direct' ? ['hello'] : ['(added)', 'hello']);
    const before = kind === 'direct' ? ['hello'] : ['(created)', 'hello'];
    await until(async () => (await statesOf(ada, chatId)).at(-1) === 'delivered');
    await untilAllSee([ada], chatId, before);
    network.clock.advance(1000);
    server.lie.about = bob.accountId;
    await ada.client.identity.refresh([bob.accountId]);
    expect((await ada.client.identity.known(bob.accountId))?.standing).toBe('unverified');
    await untilAllSee([ada], chatId, [...before, '(security-code-changed)']);
    network.clock.advance(1000);
    await say(ada, chatId, 'for whom?');
    // Whatever was to go out before this has gone out.
    const other = await chats.openDirect(eve.hexkeyId);
    for (const text of ['one', 'two']) {
      await say(ada, other, text);
      await until(async () => (await linesOf(eve, other)).at(-1) === text);
    }
    expect((await statesOf(ada, chatId)).at(-1)).toBe('waiting');
    expect(await linesOf(bob, chatId)).not.toContain('for whom?');
    network.clock.advance(1000);
    server.lie.about = '';
    await ada.client.identity.refresh([bob.accountId]);
    const seen = kind === 'direct' ? ['hello', 'for whom?'] : ['(added)', 'hello', 'for whom?'];
    await untilAllSee([bob], chatId, seen);
  });

test('what waits for nobody’s keys keeps nobody in: the person is removed all the same, and then it is said to the others', async () => {
  const server = lyingServer();
  const ada = await newPerson(network, { fetch: server.fetch });
  const bob = await newPerson(network);
  const { chats } = ada.client;
  const chatId = await chats.createGroup('Climbing', [bob.hexkeyId, eve.hexkeyId]);
  await say(ada, chatId, 'hello');
  await untilAllSee([bob, eve], chatId, ['(added)', 'hello']);
  server.lie.about = bob.accountId;
  await ada.client.identity.refresh([bob.accountId]);
  await say(ada, chatId, 'not for Bob');
  expect((await statesOf(ada, chatId)).at(-1)).toBe('waiting');
  await chats.removeMember(chatId, bob.accountId);
  await untilAllSee([eve], chatId, ['(added)', 'hello', '(removed)', 'not for Bob']);
  expect(await linesOf(bob, chatId)).not.toContain('not for Bob');
});

test('digits that are no longer those of now verify nobody, though the owner says that they match', async () => {
  const server = lyingServer();
  const ada = await newPerson(network, { fetch: server.fetch });
  const bob = await newPerson(network);
  const { chats, identity } = ada.client;
  const chatId = await chats.openDirect(bob.hexkeyId);
  const seen = await chats.safetyNumber(chatId);
  const seenAik = (await identity.known(bob.accountId))?.aik ?? expect.fail('nobody');
  server.lie.about = bob.accountId;
  await identity.refresh([bob.accountId]);
  expect(await chats.confirmSecurityCode(chatId, seen.code)).toBe(false);
  // The same between the look at the code and the write.
  expect(await identity.setStanding(bob.accountId, 'verified', seenAik)).toBe(false);
  expect((await chats.safetyNumber(chatId)).state).toBe('unverified');
  expect(await chats.confirmSecurityCode(chatId, (await chats.safetyNumber(chatId)).code)).toBe(true);
  expect((await chats.safetyNumber(chatId)).state).toBe('verified');
});
