import { type AnswerOf, routes } from '@hexkey/contract';
import { type GroupCrypto, memoryGroupStore, openGroupCrypto } from '@hexkey/group-crypto';
import {
  keyPairOfSeed,
  makeCredential,
  readCredential,
  Secret,
  signDeviceList,
  toBase64url,
} from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import { type ChatDevice, newPerson, say, untilAllSee } from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const random = seededRandom('a server that plays false');
const serversAik = keyPairOfSeed(new Secret(random(32)));
const ghostId = '6b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
/** What a modified client believes: everything. */
const anybody = async (identity: Uint8Array) => {
  const { accountId, deviceId } = readCredential(identity);
  return { accountId, deviceId, accountKey: new Uint8Array(32) };
};

let network: TestNetwork;
let bob: ChatDevice;
let ada: ChatDevice;
let ghost: GroupCrypto;
let chatId: string;
/** How often the server has lied to Ada. */
const lies = { claims: 0, lists: 0 };

beforeAll(async () => {
  network = await startNetwork(2);
  bob = await newPerson(network);
  ghost = await ghostOf(bob.accountId);
  ada = await newPerson(network, { fetch: await lyingFetch() });
  chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'hello');
  await untilAllSee([ada, bob], chatId, ['hello']);
  // From here on the keys are looked at: a store belongs to one at a time.
  await ada.disconnect();
  await bob.disconnect();
});
afterAll(() => network.stop());

/** A device that the server makes for Bob: everything is right but the AIK, which only Bob's PIN and words make. */
async function ghostOf(accountId: string): Promise<GroupCrypto> {
  const device = { accountId, deviceId: ghostId };
  const made = await openGroupCrypto({
    store: memoryGroupStore(),
    device,
    validate: anybody,
    random,
    clock: network.clock,
  });
  await made.setCredential(makeCredential(serversAik, device, await made.signatureKey()));
  return made;
}

/** The server gives Ada the ghost's key package beside Bob's, and lists on which the ghost is. */
async function lyingFetch(): Promise<Fetch> {
  const keyPackage = toBase64url((await ghost.makeKeyPackages(1))[0] as Uint8Array);
  const devices = [{ deviceId: ghostId, signatureKey: await ghost.signatureKey() }];
  return async (url, init) => {
    const response = await fetch(url, init);
    if (!response.ok) return response;
    if (url.endsWith(routes.claimKeyPackages.path)) {
      const claimed = (await response.json()) as AnswerOf<typeof routes.claimKeyPackages>;
      if (claimed.accountId !== bob.accountId) return Response.json(claimed);
      lies.claims += 1;
      const ghostly = { ...claimed.devices[0], deviceId: ghostId, keyPackage };
      return Response.json({ ...claimed, devices: [...claimed.devices, ghostly] });
    }
    if (!url.endsWith(routes.getDeviceLists.path)) return response;
    const { lists } = (await response.json()) as AnswerOf<typeof routes.getDeviceLists>;
    const forged = lists.map((each) => {
      if (each.accountId !== bob.accountId) return each;
      lies.lists += 1;
      const account = { accountId: bob.accountId, version: 99, devices, handovers: [] };
      // Under Bob's own AIK the server cannot sign; what it can do is to keep his signature.
      return { ...each, list: toBase64url(signDeviceList(serversAik, account).list) };
    });
    return Response.json({ lists: forged });
  };
}

/** The keys of a device as its client opens them. */
const cryptoOf = ({ conversations, client, accountId }: ChatDevice, isModified = false) => {
  const { place } = client;
  const deviceId = place.at === 'home' ? place.session.sessionId : expect.fail('not at home');
  const validate = isModified
    ? anybody
    : (identity: Uint8Array, key: Uint8Array) => client.identity.validate(identity, key, 'present');
  return conversations.deps.conversations.openGroupCrypto({ accountId, deviceId }, validate);
};

test('at a claim: the conversation begins without it', async () => {
  expect(lies.claims).toBeGreaterThan(0);
  const members = await (await cryptoOf(ada)).members(chatId);
  expect(members.map(({ accountId }) => accountId).sort()).toEqual([ada.accountId, bob.accountId].sort());
  expect(members.map(({ deviceId }) => deviceId)).not.toContain(ghostId);
});

test('on a list: what is pinned stays', async () => {
  const before = await ada.client.identity.known(bob.accountId);
  lies.lists = 0;
  await ada.client.identity.refresh([bob.accountId]);
  expect(lies.lists).toBe(1);
  expect(await ada.client.identity.known(bob.accountId)).toEqual(before);
  expect(before?.devices.map(({ deviceId }) => deviceId)).not.toContain(ghostId);
});

test('by an external commit, with everything the server knows of the group: not taken either', async () => {
  const crypto = await cryptoOf(ada);
  const { commit } = await ghost.joinExternally(chatId, await crypto.groupInfo(chatId));
  const received = await crypto.receive({
    envelopeId: 'joined',
    groupId: chatId,
    kind: 'commit',
    body: commit,
  });
  expect(received).toMatchObject({ kind: 'poison' });
  const members = await crypto.members(chatId);
  expect(members.map(({ deviceId }) => deviceId)).not.toContain(ghostId);
});

test('added by a modified member: not taken by Ada, though it is a good commit to who believes everybody', async () => {
  const [keyPackage] = await ghost.makeKeyPackages(1);
  const modified = await cryptoOf(bob, true);
  const { commit } = await modified.prepareCommit(chatId, { add: [keyPackage as Uint8Array] });
  const added = { groupId: chatId, kind: 'commit', body: commit } as const;
  expect(await (await cryptoOf(ada)).receive({ ...added, envelopeId: 'added' })).toMatchObject({
    kind: 'poison',
  });
  const believing = await cryptoOf(ada, true);
  expect(await believing.receive({ ...added, envelopeId: 'added again' })).toMatchObject({ kind: 'commit' });
});
