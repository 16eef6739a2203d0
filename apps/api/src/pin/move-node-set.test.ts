import { toBase64url, verifyNodeSet } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callWithPin, type PersonWithPin, personWithPin } from '../testing/journeys.ts';
import { successorSet } from '../testing/successor-set.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testDevice } from '../testing/test-device.ts';
import { testNodeSet } from '../testing/test-node-set.ts';

const first = verifyNodeSet(testNodeSet.signedNodeSet, testNodeSet.operatorKey);
const next = successorSet(first);

let before: TestApi;
/** The same server, once its operator offers other nodes. */
let api: TestApi;
beforeAll(async () => {
  before = await startTestApi();
  api = await startTestApi({ beside: before, nodeSets: [testNodeSet.signedNodeSet, next.document] });
});
afterAll(async () => {
  await api.close();
  await before.close();
});

/** Somebody whose PIN is at the first set. */
async function newOwner(): Promise<PersonWithPin> {
  const owner = await personWithPin(before, 'Ada');
  return { ...owner, device: testDevice(api, owner.device.pair) };
}
const move = (owner: PersonWithPin, hash: Uint8Array, done: boolean) =>
  callWithPin(owner, 'moveNodeSet', { nodeSetHash: toBase64url(hash), done });
async function standOf({ session }: PersonWithPin) {
  const row = api.database.db
    .selectFrom('accounts')
    .select(['node_set_hash', 'left_node_set_hash'])
    .where('id', '=', session.accountId);
  const { node_set_hash: own, left_node_set_hash: left } = await row.executeTakeFirstOrThrow();
  return { own: own && toBase64url(own), left: left && toBase64url(left) };
}
async function movesLogged({ device, session }: PersonWithPin): Promise<number> {
  const as = { sessionId: session.sessionId };
  const { entries } = (await device.call('listLogs', { as })).body as { entries: { operation: string }[] };
  return entries.filter(({ operation }) => operation === 'moveNodeSet').length;
}
const [here, there] = [toBase64url(first.hash), toBase64url(next.set.hash)];

test('an account moves to the set that follows, is told once in its log, and remembers where it came from until all is done', async () => {
  const owner = await newOwner();
  expect(await standOf(owner)).toEqual({ own: here, left: null });
  for (const _ of [1, 2]) {
    expect((await move(owner, next.set.hash, false)).status).toBe(204);
    expect(await standOf(owner)).toEqual({ own: there, left: here });
  }
  expect(await movesLogged(owner)).toBe(1);
  expect((await move(owner, next.set.hash, true)).status).toBe(204);
  expect(await standOf(owner)).toEqual({ own: there, left: null });
  expect(await movesLogged(owner)).toBe(1);
});

test('there is no way back, and none to a set that the operator did not sign', async () => {
  const owner = await newOwner();
  await move(owner, next.set.hash, true);
  for (const hash of [first.hash, new Uint8Array(32)]) {
    const { refusal } = await move(owner, hash, true);
    expect(refusal).toMatchObject({ name: 'InvalidField', details: { field: 'nodeSetHash' } });
  }
  expect(await standOf(owner)).toEqual({ own: there, left: null });
  expect(await movesLogged(owner)).toBe(1);
});

test('the session alone moves nothing: it takes the PIN', async () => {
  const owner = await newOwner();
  const body = { nodeSetHash: there, done: true };
  const refused = { status: 403, refusal: { name: 'Forbidden', details: { reason: 'pin-auth' } } };
  const as = { sessionId: owner.session.sessionId };
  expect(await owner.device.call('moveNodeSet', { as, body })).toMatchObject(refused);
  const pinAuth = await owner.device.provePin('moveNodeSet', owner.session, owner.pin, {
    body: JSON.stringify({ ...body, done: false }),
  });
  expect(await owner.device.call('moveNodeSet', { as, body, pinAuth })).toMatchObject(refused);
  expect(await standOf(owner)).toEqual({ own: here, left: null });
});
