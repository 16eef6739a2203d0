import {
  decodeEraseRequest,
  decodeNotice,
  type EraseRequest,
  encodeEraseAnswer,
  isEraseOrderGood,
  isEraseWithdrawalGood,
  keyPairOfSeed,
  Secret,
  signEraseOrder,
  signEraseWithdrawal,
  toBase64url,
  verifyEd25519,
  verifyNodeSet,
} from '@hexkey/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newUuid } from '../identifiers.ts';
import { chatDevice } from '../testing/chat-device.ts';
import { findInTables } from '../testing/find-in-tables.ts';
import {
  addContact,
  befriend,
  callWithPin,
  loginByWords,
  type PersonWithPin,
  personWithPin,
  phoneCode,
  registerByWords,
  secondDevice,
  setPin,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testDevice } from '../testing/test-device.ts';
import { testNodeSet } from '../testing/test-node-set.ts';
import { publishKey, readMessages } from '../testing/test-socket.ts';
import { testWallet } from '../testing/test-wallet.ts';
import { deliverOrders } from './deliver-orders.ts';
import { executeDeletions } from './execute-deletions.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const month = 30 * day;
const { nodeSet, hash } = verifyNodeSet(testNodeSet.signedNodeSet, testNodeSet.operatorKey);
const nodeSets = [{ nodeSet, hash }];
let api: TestApi;
let owner: PersonWithPin;
let numbers = 6000;

beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  api.clock.advance(2 * day);
  // Those of other tests whose day has come meanwhile.
  await execute();
  owner = await personWithPin(api, 'Ada');
});
afterAll(() => api.close());

const as = ({ session }: PersonWithPin) => ({ sessionId: session.sessionId });
const subjectOf = ({ session }: PersonWithPin) => ({
  user: { tenant: nodeSet.tenant, userId: session.accountId },
  nodeSetHash: hash,
});
const newNumber = () => {
  numbers += 1;
  return `+491511234${numbers}`;
};

/** The body of `requestDeletion`, as its owner's client makes it. */
async function requestBody(who: PersonWithPin) {
  const prepared = await callWithPin(who, 'prepareDeletion', { locale: 'en' });
  const { code, effectiveAtMs } = prepared.body as {
    code: { verificationId: string } | null;
    effectiveAtMs: number;
  };
  const order = signEraseOrder(subjectOf(who), { effectiveAtMs, sequence: api.clock.now() }, who.pin);
  const digits = api.sent.at(-1)?.text.reveal().slice(0, 4) ?? '';
  return {
    effectiveAtMs,
    sequence: order.sequence,
    signature: toBase64url(order.signature),
    code: code === null ? null : { verificationId: code.verificationId, code: digits },
  };
}
const request = async (who: PersonWithPin) => callWithPin(who, 'requestDeletion', await requestBody(who));
const again = async (who: PersonWithPin): Promise<PersonWithPin> => ({
  ...(await loginByWords(api, who.login)),
  pin: who.pin,
});
const cancel = (who: PersonWithPin, sequence = api.clock.now() + 1) => {
  const { signature } = signEraseWithdrawal(subjectOf(who), sequence, who.pin);
  return callWithPin(who, 'cancelDeletion', { sequence, signature: toBase64url(signature) });
};
const pendingOf = async (who: PersonWithPin) =>
  ((await who.device.call('getDeletion', { as: as(who) })).body as { pending: object | null }).pending;
const execute = (at: TestApi = api) => executeDeletions({ ...at.deps, nodeSets });

/** Nodes that take what they are told, except those that are away. `told` is what they hear of the owner. */
function someNodes(isAway: (address: string) => boolean = () => false) {
  const told: EraseRequest[] = [];
  const origin = 'http://nodes.invalid';
  const take = async (url: string, init: RequestInit) => {
    if (isAway(url)) throw new TypeError('fetch failed');
    const asked = decodeEraseRequest(init.body as Uint8Array);
    if (asked.user.userId === owner.session.accountId) told.push(asked);
    return new Response(encodeEraseAnswer({ kind: asked.kind, outcome: 'Ok' }));
  };
  return {
    told,
    fetch: take,
    run: () => deliverOrders({ ...api.deps, nodeSets, nodes: { fetch: take, origin } }),
  };
}

test('a deletion ends every session, waits 30 days, and keeps an order that is good on that day only', async () => {
  const second = await secondDevice(api, owner);
  const requestedAtMs = api.clock.now();
  expect((await request(owner)).status).toBe(204);
  for (const device of [owner, second])
    expect((await device.device.call('getAccount', { as: as(device) })).refusal?.name).toBe('SessionEnded');
  const effectiveAtMs = requestedAtMs + month;
  const back = await again(owner);
  expect(await pendingOf(back)).toMatchObject({ requestedAtMs, effectiveAtMs });
  api.clock.advance(month - 1);
  expect(await execute()).toBe(0);
  api.clock.advance(1);
  expect(await execute()).toBe(1);
  expect(await execute()).toBe(0);
  const { told, run } = someNodes();
  await run();
  expect(told).toHaveLength(nodeSet.nodes.length);
  for (const asked of told) {
    if (asked.kind !== 'Erase') throw new Error('not an order');
    expect(asked.order.effectiveAtMs).toBe(effectiveAtMs);
    expect(isEraseOrderGood(subjectOf(owner), asked.order, owner.pin.publicKey, verifyEd25519)).toBe(true);
  }
});

test('who logs in again is asked before anything: without taking it back the PIN opens nothing', async () => {
  await request(owner);
  const back = await again(owner);
  const refused = await callWithPin(back, 'unlockSession');
  expect(refused.refusal).toMatchObject({ name: 'DeletionPending', code: 20227 });
  expect((await cancel(back)).status).toBe(204);
  expect(await pendingOf(back)).toBeNull();
  expect((await cancel(back)).status).toBe(204);
  expect((await callWithPin(back, 'unlockSession')).status).toBe(200);
  api.clock.advance(month);
  expect(await execute()).toBe(0);
  expect((await back.device.call('getAccount', { as: as(back) })).body).toMatchObject({ name: 'Ada' });
});

test('a login that is not followed by the PIN keeps nothing', async () => {
  await request(owner);
  const back = await again(owner);
  await back.device.call('switchAccount', { as: as(back) });
  api.clock.advance(month);
  expect(await execute()).toBe(1);
});

test('a withdrawal is told to every node, one that is away too, and then not again', async () => {
  await request(owner);
  const back = await again(owner);
  await cancel(back);
  const [away] = nodeSet.nodes;
  const first = someNodes((url) => url.includes(away?.address ?? '-'));
  await first.run();
  expect(first.told).toHaveLength(nodeSet.nodes.length - 1);
  const second = someNodes();
  await second.run();
  expect(second.told).toHaveLength(0);
  api.clock.advance(10 * minute);
  await second.run();
  const [asked] = second.told;
  if (asked?.kind !== 'WithdrawErase') throw new Error('not a withdrawal');
  expect(isEraseWithdrawalGood(subjectOf(owner), asked.withdrawal, owner.pin.publicKey, verifyEd25519)).toBe(
    true,
  );
  api.clock.advance(10 * day);
  await second.run();
  expect(second.told).toHaveLength(1);
});

test('a node whose answer never ends is left after a few bytes, and asked again', async () => {
  await request(owner);
  api.clock.advance(month);
  await execute();
  let pulled = 0;
  let isLeft = false;
  const endless = () =>
    new Response(
      new ReadableStream<Uint8Array>({
        pull(stream) {
          pulled += 1;
          if (pulled > 1000) stream.close();
          else stream.enqueue(new Uint8Array(64));
        },
        cancel() {
          isLeft = true;
        },
      }),
    );
  const [talker] = nodeSet.nodes;
  const good = someNodes();
  const run = (at: (url: string) => boolean) =>
    deliverOrders({
      ...api.deps,
      nodeSets,
      nodes: {
        origin: 'http://nodes.invalid',
        fetch: async (url, init) => (at(url) ? endless() : good.fetch(url, init)),
      },
    });
  await run((url) => url.includes(talker?.address ?? '-'));
  expect(isLeft).toBe(true);
  expect(pulled).toBeLessThan(20);
  expect(good.told).toHaveLength(nodeSet.nodes.length - 1);
  api.clock.advance(10 * minute);
  await run(() => false);
  expect(good.told).toHaveLength(nodeSet.nodes.length);
});

test('an order is tried until a node obeys, and offered every day after that, for backups', async () => {
  await request(owner);
  api.clock.advance(month);
  await execute();
  const nobody = someNodes(() => true);
  await nobody.run();
  expect(nobody.told).toHaveLength(0);
  const nodes = someNodes();
  api.clock.advance(10 * minute);
  await nodes.run();
  expect(nodes.told).toHaveLength(nodeSet.nodes.length);
  api.clock.advance(day - 1);
  await nodes.run();
  expect(nodes.told).toHaveLength(nodeSet.nodes.length);
  api.clock.advance(1);
  await nodes.run();
  expect(nodes.told).toHaveLength(2 * nodeSet.nodes.length);
});

test('a phone account types the code that was sent to its number', async () => {
  const phone = newNumber();
  const holder = await personWithPin(api, 'Ben', phone);
  api.clock.advance(minute);
  const body = await requestBody(holder);
  expect(api.sent.at(-1)).toMatchObject({ purpose: 'delete' });
  expect(api.sent.at(-1)?.to.reveal()).toBe(phone);
  const wrong = body.code?.code === '0000' ? '1111' : '0000';
  const withCode = (code: object | null) => callWithPin(holder, 'requestDeletion', { ...body, code });
  expect((await withCode(null)).refusal).toMatchObject({ details: { field: 'code' } });
  expect((await withCode({ ...body.code, code: wrong })).refusal).toMatchObject({
    code: 20113,
    details: { triesLeft: 2 },
  });
  expect(await pendingOf(holder)).toBeNull();
  expect((await withCode(body.code)).status).toBe(204);
});

test('a login or link code deletes nothing, and a code of another session neither', async () => {
  const phone = newNumber();
  const holder = await personWithPin(api, 'Ben', phone);
  api.clock.advance(minute);
  const body = await requestBody(holder);
  const login = await phoneCode(api, testDevice(api), phone, 'login');
  const code = { verificationId: login.verificationId, code: login.code };
  expect((await callWithPin(holder, 'requestDeletion', { ...body, code })).refusal?.code).toBe(20114);
});

test('an order that the nodes would not obey is refused, and nothing changes', async () => {
  const body = await requestBody(owner);
  const thief = keyPairOfSeed(new Secret(api.random(32)));
  const terms = { effectiveAtMs: body.effectiveAtMs, sequence: body.sequence };
  const by = (keys: typeof thief, subject = subjectOf(owner)) =>
    toBase64url(signEraseOrder(subject, terms, keys).signature);
  const wrongs = [
    { signature: by(thief) },
    { signature: by(owner.pin, { ...subjectOf(owner), nodeSetHash: new Uint8Array(32) }) },
    { sequence: body.sequence + 1 },
    { effectiveAtMs: body.effectiveAtMs - day },
    { effectiveAtMs: body.effectiveAtMs + 1 },
  ];
  for (const wrong of wrongs)
    expect((await callWithPin(owner, 'requestDeletion', { ...body, ...wrong })).refusal?.name).toBe(
      'InvalidField',
    );
  expect(await pendingOf(owner)).toBeNull();
});

test('a withdrawal is not taken from anybody else, nor below the order', async () => {
  await request(owner);
  const back = await again(owner);
  expect((await cancel(back, api.clock.now() - day)).refusal).toMatchObject({
    details: { field: 'sequence' },
  });
  const stranger = await personWithPin(api, 'Eve');
  const { signature } = signEraseWithdrawal(subjectOf(back), api.clock.now() + 1, stranger.pin);
  const body = { sequence: api.clock.now() + 1, signature: toBase64url(signature) };
  expect((await callWithPin(back, 'cancelDeletion', body)).refusal).toMatchObject({
    details: { field: 'signature' },
  });
  expect(await pendingOf(back)).not.toBeNull();
});

test('after it was taken back it can be asked for anew', async () => {
  await request(owner);
  const back = await again(owner);
  await cancel(back);
  await callWithPin(back, 'unlockSession');
  api.clock.advance(minute);
  expect((await request(back)).status).toBe(204);
  api.clock.advance(month);
  await execute();
  const account = await api.deps.stores.accounts.get(owner.session.accountId);
  expect(account?.deleted_at_ms).toBe(api.clock.now());
});

test('two servers that reach the day at once delete each account once', async () => {
  const other = await startTestApi({ beside: api });
  await execute();
  const many = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const person = await registerByWords(api);
      return { ...person, pin: await setPin(api, person) };
    }),
  );
  for (const person of many) await request(person);
  api.clock.advance(month);
  const counts = await Promise.all([execute(), execute(other), execute(), execute(other)]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(4);
  await other.close();
});

test('a server that fails in the middle has deleted nothing, and the next one does', async () => {
  await request(owner);
  api.clock.advance(month);
  const transact: typeof api.deps.transact = (work) =>
    api.deps.transact((stores) =>
      work({
        ...stores,
        deletions: {
          ...stores.deletions,
          markExecuted: () => Promise.reject(new Error('the power went out')),
        },
      }),
    );
  await expect(executeDeletions({ ...api.deps, transact, nodeSets })).rejects.toThrow('the power went out');
  const account = await api.deps.stores.accounts.get(owner.session.accountId);
  expect(account).toMatchObject({ name: 'Ada', deleted_at_ms: null });
  expect(await execute()).toBe(1);
});

test('words and number make a fresh account afterwards; to others the old one is "account deleted"', async () => {
  const phone = newNumber();
  const holder = await personWithPin(api, 'Ben', phone);
  const friend = await personWithPin(api, 'Grace');
  await befriend(api, holder, friend);
  await befriend(api, owner, friend);
  const [hexkeyId] = [await api.hexkeyIdOf(owner.session.accountId)];
  api.clock.advance(minute);
  await request(holder);
  await request(owner);
  api.clock.advance(month);
  expect(await execute()).toBe(2);
  const contacts = await friend.device.call('listContacts', { as: as(friend) });
  expect(contacts.body).toMatchObject({
    people: [
      { kind: 'deleted', name: null },
      { kind: 'deleted', name: null },
    ],
  });
  expect(
    (await friend.device.call('getWalletAddress', { as: as(friend), query: `hexkeyId=${hexkeyId}` })).refusal,
  ).toMatchObject({ name: 'AccountDeleted', code: 20160 });
  const { verificationId, code } = await phoneCode(api, testDevice(api), phone, 'register');
  const device = testDevice(api);
  const body = { verificationId, code, deviceKey: device.publicKey, device: { name: 'x', platform: 'web' } };
  const fresh = await device.call('registerWithPhone', { body });
  expect(fresh.status).toBe(200);
  expect((fresh.body as { accountId: string }).accountId).not.toBe(holder.session.accountId);
  const lost = await loginByWords(api, owner.login);
  expect(lost.session).not.toHaveProperty('sessionId');
});

test('a group goes on without who is deleted, and has an owner who hears it', async () => {
  const heir = await personWithPin(api, 'Grace');
  const [ana, bob] = [await chatDevice(api, owner), await chatDevice(api, heir)];
  await bob.publish(2);
  const groupId = newUuid(api.random);
  expect((await ana.begin(groupId, 'group', [bob])).status).toBe(200);
  const atBob = await bob.connect();
  await atBob.take(bob.crypto, 1);
  await request(owner);
  api.clock.advance(month);
  await execute();
  const { groups } = (await bob.call('listGroups')).body as {
    groups: { members: { accountId: string; role: string; state: string }[] }[];
  };
  const roles = groups[0]?.members.map(({ accountId, role, state }) => [accountId, role, state]);
  expect(roles?.sort()).toEqual(
    [
      [ana.accountId, 'member', 'deleted'],
      [bob.accountId, 'owner', 'in'],
    ].sort(),
  );
  const { rows } = await sql<{ body: Uint8Array }>`select body from envelopes
    where group_id = ${groupId} and kind = 'notice' order by sent_at_ms`.execute(api.database.db);
  const notices = rows.map(({ body }) => decodeNotice(new Uint8Array(body))?.what);
  expect(notices.sort()).toEqual(['deleted', 'role']);
  atBob.close();
});

test('being a recovery contact ends with a warning to the owner', async () => {
  const phone = newNumber();
  const other = await personWithPin(api, 'Ben', phone);
  const key = await publishKey(other);
  await befriend(api, owner, other);
  await api.deps.stores.recoveryContacts.replace({
    owner_id: other.session.accountId,
    contact_id: owner.session.accountId,
    set_at_ms: api.clock.now(),
    loss_told_at_ms: null,
  });
  await request(owner);
  api.clock.advance(month);
  await execute();
  const messages = await readMessages(api, other, key, 1);
  expect(messages).toMatchObject([{ kind: 'recoveryContactLost', parameters: { problem: 'deleted' } }]);
});

test('after the day nothing of the account is left in any table but its tombstone', async () => {
  const phone = newNumber();
  const holder = await personWithPin(api, 'Zebedee Quill', phone);
  const friend = await personWithPin(api, 'Grace');
  await befriend(api, holder, friend);
  await addContact(api, holder, owner);
  const wallet = testWallet(api, holder);
  expect((await callWithPin(holder, 'createWallet', wallet.body)).status).toBe(200);
  await publishKey(holder);
  await callWithPin(holder, 'blockPerson', { hexkeyId: await api.hexkeyIdOf(owner.session.accountId) });
  await holder.device.call('putPrivacy', {
    as: as(holder),
    body: { messages: 'contacts', groups: 'contacts', foundByPhone: 'nobody' },
  });
  await holder.device.call('putLogHeads', {
    as: as(holder),
    body: { replaces: 0, revision: 1, sealed: 'c2VhbGVk' },
  });
  // Everybody's is the same in these tests.
  const ownEntropy = { sealed_entropy: api.random(56) };
  const accounts = api.database.db.updateTable('accounts').set(ownEntropy);
  await accounts.where('id', '=', holder.session.accountId).execute();
  const account = await api.deps.stores.accounts.get(holder.session.accountId);
  if (account === null) throw new Error('no account');
  const hexOf = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString('hex');
  const personal = {
    name: 'Zebedee Quill',
    'phone number': phone,
    'hash of the number': hexOf(account.phone_hash),
    'sealed number': hexOf(account.phone_sealed),
    'login key': hexOf(account.login_key),
    'PIN-auth key': hexOf(account.pin_auth_key),
    'sealed entropy': hexOf(account.sealed_entropy),
    'device key': hexOf(holder.device.pair.publicKey),
    'session id': holder.session.sessionId,
    'wallet address': hexOf(wallet.keys.publicKey),
    'identity key': hexOf(wallet.aik.publicKey),
  };
  const ids = { 'account id': account.id, 'Hexkey ID': account.hexkey_id };
  expect(Object.keys(await findInTables(api.database.db, { name: personal.name }))).not.toEqual([]);
  for (const [what, value] of Object.entries({ ...personal, ...ids })) {
    if (what === 'phone number') continue;
    expect(await findInTables(api.database.db, { [what]: value }), what).not.toEqual([]);
  }
  api.clock.advance(minute);
  await request(holder);
  api.clock.advance(month);
  await execute();
  expect(await findInTables(api.database.db, personal)).toEqual([]);
  // The tombstone, the order for the nodes, and the friend's own list, which shows "account deleted".
  expect(await findInTables(api.database.db, ids)).toEqual([
    'account_deletions: account id',
    'accounts: Hexkey ID',
    'accounts: account id',
    'contacts: account id',
    'erase_deliveries: account id',
  ]);
  const log = api.logged.join('\n');
  for (const value of [phone, 'Zebedee Quill']) expect(log).not.toContain(value);
});
