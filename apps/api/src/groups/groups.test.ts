import type { PendingCommit } from '@hexkey/group-crypto';
import { decodeNotice, keyPairOfSeed, makeCredential, Secret, toBase64url } from '@hexkey/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { type ChatDevice, chatDevice } from '../testing/chat-device.ts';
import type { ChatSocket } from '../testing/chat-socket.ts';
import { personWithPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { until } from '../testing/test-socket.ts';
import { commitToGroup } from './commit-to-group.ts';
import { createGroup } from './create-group.ts';

let api: TestApi;
let ana: ChatDevice;
let bob: ChatDevice;
let cid: ChatDevice;
let atAna: ChatSocket;
let atBob: ChatSocket;
let groupId: string;
beforeAll(async () => {
  api = await startTestApi();
  ana = await chatDevice(api, await personWithPin(api, 'Ana'));
  bob = await chatDevice(api, await personWithPin(api, 'Bob'));
  cid = await chatDevice(api, await personWithPin(api, 'Cid'));
});
/** A group that Ana owns and Bob is in; Cid is not. */
beforeEach(async () => {
  await api.database.db.deleteFrom('envelopes').execute();
  api.clock.advance(24 * 60 * 60_000);
  for (const device of [ana, bob, cid]) await device.publish(3);
  groupId = newUuid(api.random);
  expect((await ana.begin(groupId, 'group', [bob])).status).toBe(200);
  atAna = await ana.connect();
  atBob = await bob.connect();
  await atAna.take(ana.crypto, 1);
  await atBob.take(bob.crypto, 1);
});
afterAll(() => api.close());

const refused = async (answer: ReturnType<ChatDevice['call']>) => (await answer).refusal?.name ?? 'taken';
const packageOf = async (by: ChatDevice, whom: ChatDevice) => {
  const { devices } = await by.claim({ hexkeyId: await api.hexkeyIdOf(whom.accountId) });
  return Buffer.from(devices[0]?.keyPackage as string, 'base64url');
};
const membersAsSeenBy = async (device: ChatDevice) => {
  const { groups } = (await device.call('listGroups')).body as {
    groups: { groupId: string; members: { accountId: string; role: string; state: string }[] }[];
  };
  const found = groups.find((group) => group.groupId === groupId)?.members ?? [];
  return Object.fromEntries(found.map(({ accountId, role, state }) => [accountId, `${role} ${state}`]));
};
/** What a modified client hands in instead of what it made. */
const forged = (pending: PendingCommit, change: Record<string, unknown>, by = ana) =>
  by.call('commitToGroup', {
    body: {
      groupId,
      clientMessageId: newUuid(api.random),
      epoch: pending.epoch,
      commit: toBase64url(pending.commit),
      welcome: pending.welcome === null ? null : toBase64url(pending.welcome),
      groupInfo: toBase64url(pending.groupInfo),
      ...change,
    },
  });
const fieldOf = async (answer: ReturnType<ChatDevice['call']>) =>
  ((await answer).refusal?.details as { field?: string } | undefined)?.field;

test('of two commits in one epoch one is taken; the other is told the epoch that is there, and comes in after catching up', async () => {
  await ana.call('setGroupRole', { body: { groupId, accountId: bob.accountId, role: 'admin' } });
  await atAna.take(ana.crypto, 1);
  await atBob.take(bob.crypto, 1);
  const answers = await Promise.all([ana.commit(groupId, {}), bob.commit(groupId, {})]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ refusal }) => refusal !== null)?.refusal).toMatchObject({
    name: 'StaleEpoch',
    details: { epoch: 2 },
  });
  const loser = answers[0]?.status === 409 ? ana : bob;
  await loser.crypto.abandonCommit(groupId);
  await atAna.take(ana.crypto, 1);
  await atBob.take(bob.crypto, 1);
  expect(await loser.commit(groupId, {})).toMatchObject({ status: 200, body: { epoch: 3 } });
});

test('a commit is answered the same when it is sent again, also after the group has gone on, and is not taken twice', async () => {
  const pending = await ana.crypto.prepareCommit(groupId, {});
  const id = newUuid(api.random);
  const [first, twin] = await Promise.all([ana.handIn(pending, id), ana.handIn(pending, id)]);
  await atAna.take(ana.crypto, 1);
  await ana.commit(groupId, {});
  api.clock.advance(1000);
  for (const again of [twin, await ana.handIn(pending, id)]) expect(again).toEqual(first);
  await until(() => atBob.envelopes.length >= 3);
  expect(atBob.envelopes.map(({ kind, epoch }) => `${kind} ${epoch}`)).toEqual([
    'welcome 1',
    'commit 1',
    'commit 2',
  ]);
  // The same commit under another id is one of an epoch that is over.
  expect(await refused(ana.handIn(pending))).toBe('StaleEpoch');
});

test('what a modified client declares must be what the commit says: group, epoch, members, welcome', async () => {
  const add = await packageOf(ana, cid);
  const pending = await ana.crypto.prepareCommit(groupId, { add: [add] });
  const other = newUuid(api.random);
  await ana.begin(other, 'group', []);
  await atAna.take(ana.crypto, 1);
  const elsewhere = await ana.crypto.prepareCommit(other, {});
  expect(await fieldOf(forged(pending, { groupId: other }))).toBe('commit');
  expect(await fieldOf(forged(pending, { epoch: 2 }))).toBe('epoch');
  expect(await fieldOf(forged(pending, { welcome: null }))).toBe('welcome');
  expect(await fieldOf(forged(pending, { welcome: toBase64url(pending.commit) }))).toBe('welcome');
  expect(await fieldOf(forged(pending, { groupInfo: toBase64url(elsewhere.groupInfo) }))).toBe('groupInfo');
  expect(await fieldOf(forged(pending, { commit: toBase64url(elsewhere.commit) }))).toBe('commit');
  expect(await fieldOf(forged(pending, { commit: toBase64url(pending.commit.slice(0, -1)) }))).toBe('commit');
  // The group info of a commit that adds nobody shows another tree.
  await ana.crypto.abandonCommit(groupId);
  const empty = await ana.crypto.prepareCommit(groupId, {});
  expect(await fieldOf(forged(pending, { groupInfo: toBase64url(empty.groupInfo) }))).toBe('groupInfo');
  const row = api.database.db.selectFrom('groups').select(['epoch', 'position']).where('id', '=', groupId);
  expect(await row.executeTakeFirst()).toEqual({ epoch: 1, position: 2 });
  expect((await forged(pending, {})).status).toBe(200);
});

test("nobody hands in another member's commit, and who is in no group none", async () => {
  const pending = await ana.crypto.prepareCommit(groupId, {});
  expect(await fieldOf(forged(pending, {}, bob))).toBe('commit');
  expect(await refused(forged(pending, {}, cid))).toBe('NotAMember');
  expect(await refused(cid.call('getGroupInfo', { query: `groupId=${groupId}` }))).toBe('NotAMember');
});

test('a member who is no admin neither adds nor removes; an admin does, and not the owner', async () => {
  const add = await packageOf(bob, cid);
  expect(await refused(bob.commit(groupId, { add: [add] }))).toBe('Forbidden');
  await bob.crypto.abandonCommit(groupId);
  expect(
    await refused(bob.call('setGroupRole', { body: { groupId, accountId: bob.accountId, role: 'owner' } })),
  ).toBe('Forbidden');
  expect(
    (await ana.call('setGroupRole', { body: { groupId, accountId: bob.accountId, role: 'admin' } })).status,
  ).toBe(204);
  await until(() => atBob.envelopes.length === 2);
  expect(decodeNotice(atBob.envelopes[1]?.body as Uint8Array)).toEqual({
    what: 'role',
    account: bob.accountId,
    role: 'admin',
  });
  expect((await bob.commit(groupId, { add: [add] })).status).toBe(200);
  await atBob.take(bob.crypto, 2);
  expect(await refused(bob.commit(groupId, { remove: [0] }))).toBe('Forbidden');
  expect(await membersAsSeenBy(bob)).toEqual({
    [ana.accountId]: 'owner in',
    [bob.accountId]: 'admin in',
    [cid.accountId]: 'member in',
  });
});

test('the owner hands over and may leave then; the last one to leave takes the group along', async () => {
  const hand = (role: string) =>
    ana.call('setGroupRole', { body: { groupId, accountId: bob.accountId, role } });
  expect((await hand('owner')).status).toBe(204);
  expect(await membersAsSeenBy(ana)).toEqual({ [ana.accountId]: 'admin in', [bob.accountId]: 'owner in' });
  expect(await refused(hand('member'))).toBe('Forbidden');
  expect((await ana.call('leaveGroup', { body: { groupId } })).status).toBe(204);
  expect(await membersAsSeenBy(bob)).toEqual({ [ana.accountId]: 'admin left', [bob.accountId]: 'owner in' });
  expect(await membersAsSeenBy(ana)).toEqual({});
  expect((await bob.call('leaveGroup', { body: { groupId } })).status).toBe(204);
  expect(await refused(bob.call('leaveGroup', { body: { groupId } }))).toBe('NotFound');
  expect(
    await api.database.db.selectFrom('group_leaves').selectAll().where('group_id', '=', groupId).execute(),
  ).toEqual([]);
});

test('ownership goes to somebody who is there: who was refused is answered like those whose devices are all gone', async () => {
  const hand = () => ana.call('setGroupRole', { body: { groupId, accountId: bob.accountId, role: 'owner' } });
  const { db } = api.database;
  const set = (state: 'in' | 'refused') =>
    db.updateTable('group_members').set({ state }).where('account_id', '=', bob.accountId).execute();
  await set('refused');
  expect(await refused(hand())).toBe('NoDeviceToReach');
  await set('in');
  const end = (is_ended: boolean) =>
    db.updateTable('group_leaves').set({ is_ended }).where('account_id', '=', bob.accountId).execute();
  await end(true);
  expect(await refused(hand())).toBe('NoDeviceToReach');
  await end(false);
  expect((await hand()).status).toBe(204);
});

test('a commit of a device whose session ends meanwhile is not taken: no leaf outlives its session', async () => {
  const dan = await chatDevice(api, await personWithPin(api, 'Dan'));
  await dan.publish();
  const [held, begins] = [newUuid(api.random), newUuid(api.random)];
  expect((await ana.begin(held, 'group', [dan])).status).toBe(200);
  const atDan = await dan.connect();
  await atDan.take(dan.crypto, 1);
  atDan.close();
  await dan.crypto.create(begins);
  const bodyOf = ({ commit, groupInfo, epoch }: PendingCommit, id: string) => ({
    groupId: id,
    clientMessageId: newUuid(api.random),
    epoch,
    commit: toBase64url(commit),
    welcome: null,
    groupInfo: toBase64url(groupInfo),
  });
  const next = bodyOf(await dan.crypto.prepareCommit(held, {}), held);
  const first = bodyOf(await dan.crypto.prepareCommit(begins, {}), begins);
  // It was let through, and its session ended before the transaction began.
  const { stores } = api.deps;
  const keys = {} as Deps['keys'];
  const session = (await stores.sessions.get(dan.deviceId)) ?? expect.fail('no session');
  const account = (await stores.accounts.get(dan.accountId)) ?? expect.fail('no account');
  const caller = { session, account, pinAuthKey: null };
  await api.database.db.deleteFrom('sessions').where('id', '=', dan.deviceId).execute();
  const ended = { name: 'SessionEnded' };
  await expect(commitToGroup({ ...api.deps, keys }, caller, next)).rejects.toMatchObject(ended);
  await expect(
    createGroup({ ...api.deps, keys }, caller, { ...first, kind: 'group', peerAccountId: null }),
  ).rejects.toMatchObject(ended);
  expect(await stores.groups.get(begins)).toBeNull();
});

test('how leaving is answered does not tell the owner, or one of a pair, that the other has refused', async () => {
  const dan = await chatDevice(api, await personWithPin(api, 'Dan'));
  await dan.publish();
  const pair = newUuid(api.random);
  expect((await ana.begin(pair, 'direct', [dan])).status).toBe(200);
  const { db } = api.database;
  await db
    .updateTable('group_members')
    .set({ state: 'refused' })
    .where('account_id', '=', dan.accountId)
    .execute();
  await db
    .updateTable('group_members')
    .set({ state: 'refused' })
    .where('account_id', '=', bob.accountId)
    .execute();
  expect(await refused(ana.call('leaveGroup', { body: { groupId } }))).toBe('OwnerMustHandOver');
  expect((await ana.call('leaveGroup', { body: { groupId: pair } })).status).toBe(204);
  const there = db.selectFrom('groups').select('id').where('id', '=', pair);
  expect(await there.executeTakeFirst()).toEqual({ id: pair });
});

test('a pair has one conversation, whoever begins it; an id serves one group, and its creator gets the same answer again', async () => {
  const dan = await chatDevice(api, await personWithPin(api, 'Dan'));
  await dan.publish();
  const [one, two] = [newUuid(api.random), newUuid(api.random)];
  const begun = await Promise.all([ana.begin(one, 'direct', [dan]), dan.begin(two, 'direct', [ana])]);
  expect(begun.map(({ status }) => status).sort()).toEqual([200, 409]);
  const there = begun[0]?.status === 200 ? one : two;
  expect(begun.find(({ refusal }) => refusal !== null)?.refusal).toMatchObject({
    name: 'GroupExists',
    details: { groupId: there },
  });
  await cid.crypto.create(groupId);
  const stolen = await cid.crypto.prepareCommit(groupId, {});
  const body = {
    groupId,
    kind: 'group',
    peerAccountId: null,
    clientMessageId: newUuid(api.random),
    commit: toBase64url(stolen.commit),
    welcome: null,
    groupInfo: toBase64url(stolen.groupInfo),
  };
  expect(await refused(cid.call('createGroup', { body }))).toBe('GroupExists');
  const fresh = newUuid(api.random);
  await cid.crypto.create(fresh);
  const own = await cid.crypto.prepareCommit(fresh, {});
  const good = {
    ...body,
    groupId: fresh,
    commit: toBase64url(own.commit),
    groupInfo: toBase64url(own.groupInfo),
  };
  const first = await cid.call('createGroup', { body: good });
  expect(first.status).toBe(200);
  expect(await cid.call('createGroup', { body: good })).toEqual(first);
  for (const wrong of [
    { ...good, kind: 'direct' },
    { ...good, peerAccountId: ana.accountId },
  ])
    expect(await fieldOf(cid.call('createGroup', { body: wrong }))).toBe('peerAccountId');
  const self = { ...good, kind: 'direct', peerAccountId: cid.accountId };
  expect(await refused(cid.call('createGroup', { body: self }))).toBe('NotAPerson');
  const nobody = { ...self, clientMessageId: newUuid(api.random), peerAccountId: newUuid(api.random) };
  expect(await refused(cid.call('createGroup', { body: nobody }))).toBe('NotFound');
});

test('a package that is not of the very device is not published, and one with a foreign signature not added', async () => {
  const [foreign] = await bob.crypto.makeKeyPackages(1);
  const publish = (keyPackage: Uint8Array) =>
    ana.call('publishKeyPackages', { body: { keyPackages: [toBase64url(keyPackage)], lastResort: null } });
  expect(await fieldOf(publish(foreign as Uint8Array))).toBe('keyPackages');
  expect(await fieldOf(publish(new Uint8Array(40)))).toBe('keyPackages');
  const liar = keyPairOfSeed(new Secret(api.random(32)));
  const claim = { accountId: cid.accountId, deviceId: cid.deviceId };
  await bob.crypto.setCredential(makeCredential(liar, claim, await ana.crypto.signatureKey()));
  const [lie] = await bob.crypto.makeKeyPackages(1);
  expect(await fieldOf(publish(lie as Uint8Array))).toBe('keyPackages');
});

test('each one-time package is given once, however many claim at the same moment; then comes the one of last resort', async () => {
  const hexkeyId = await api.hexkeyIdOf(cid.accountId);
  const { left } = (await cid.publish(0)).body as { left: number };
  const claims = await Promise.all(
    Array.from({ length: Math.min(left, 8) }, (_, index) => (index % 2 ? ana : bob).claim({ hexkeyId })),
  );
  const packages = claims.map(({ devices }) => devices[0]?.keyPackage);
  expect(new Set(packages).size).toBe(packages.length);
  await api.database.db.deleteFrom('key_packages').where('is_last_resort', '=', false).execute();
  const last = await ana.claim({ hexkeyId });
  expect(await ana.claim({ hexkeyId })).toEqual(last);
  expect(last).toMatchObject({
    accountId: cid.accountId,
    deviceList: null,
    devices: [{ deviceId: cid.deviceId }],
  });
});

test('by account id only people one has to do with are found; nobody uses up another one’s packages', async () => {
  const find = (accountId: string) => refused(ana.call('claimKeyPackages', { body: { accountId } }));
  const eve = await chatDevice(api, await personWithPin(api, 'Eve'));
  await eve.publish();
  expect(await find(bob.accountId)).toBe('taken');
  expect(await find(eve.accountId)).toBe('NotFound');
  expect(await find(newUuid(api.random))).toBe('NotFound');
  expect(await refused(ana.call('claimKeyPackages', { body: { hexkeyId: '7000' } }))).toBe('NotAPerson');
  const outcomes: string[] = [];
  for (let count = 0; count < 21; count += 1) outcomes.push(await find(bob.accountId));
  expect(outcomes.at(-1)).toBe('TooMany');
  const people = await ana.call('listPeopleOfGroups', {
    body: { accountIds: [bob.accountId, eve.accountId] },
  });
  expect(people.body).toMatchObject({ people: [{ accountId: bob.accountId, person: { name: 'Bob' } }] });
});

test('what waits is ciphertext: no table and no log line holds what was said', async () => {
  atBob.close();
  const said = 'Plaintext-5517';
  const frame = await ana.message(groupId, said);
  expect((await atAna.send(frame)).type).toBe('sent');
  const { db } = api.database;
  const tables = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = current_schema()`.execute(db);
  const kept: Buffer[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    for (const value of rows.flatMap((row) => Object.values(row)))
      kept.push(value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(JSON.stringify(value)));
  }
  const everything = Buffer.concat([...kept, Buffer.from(api.logged.join())]);
  // Controls: a name that is no secret, and the ciphertext itself.
  expect(everything.includes('"Bob"')).toBe(true);
  expect(everything.includes(Buffer.from(frame.body))).toBe(true);
  for (const form of [said, Buffer.from(said).toString('base64'), Buffer.from(said).toString('hex')])
    expect(everything.includes(form)).toBe(false);
});
