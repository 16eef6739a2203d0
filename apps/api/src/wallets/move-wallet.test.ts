import { keyPairOfSeed, Secret, toBase64url, verifyNodeSet } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callWithPin, type PersonWithPin, personWithPin } from '../testing/journeys.ts';
import { successorSet } from '../testing/successor-set.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testDevice } from '../testing/test-device.ts';
import { testNodeSet } from '../testing/test-node-set.ts';
import { rewrapOf, type TestWallet, testWallet } from '../testing/test-wallet.ts';

const next = successorSet(verifyNodeSet(testNodeSet.signedNodeSet, testNodeSet.operatorKey));

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

type Owner = PersonWithPin & { readonly wallet: TestWallet };

/** Somebody whose PIN and wallet are at the first set, as the server is told. */
async function newOwner(): Promise<Owner> {
  const person = await personWithPin(before, 'Ada');
  const wallet = testWallet(before, person);
  expect((await callWithPin(person, 'createWallet', wallet.body)).status).toBe(200);
  return { ...person, device: testDevice(api, person.device.pair), wallet };
}
const tellMoved = (owner: Owner) =>
  callWithPin(owner, 'moveNodeSet', { nodeSetHash: toBase64url(next.set.hash), done: false });
const movedWallet = (owner: Owner, change: { epoch?: number; vouching?: number; wallet?: TestWallet } = {}) =>
  testWallet(api, owner, { ...next, epoch: 2, vouching: 3, wallet: owner.wallet, ...change }).body;
const kept = async ({ device, session }: Owner) =>
  ((await device.call('getWallet', { as: { sessionId: session.sessionId } })).body as { wallet: object })
    .wallet;

test('the shares of the next epoch take the place of those before, once, and the address stays', async () => {
  const owner = await newOwner();
  await tellMoved(owner);
  // One of three nodes was away.
  const first = movedWallet(owner, { vouching: 2 });
  const { publicKey, aik, addressSignature } = owner.wallet.body;
  for (const body of [first, first, movedWallet(owner), movedWallet(owner, { epoch: 1 })]) {
    const { status, body: answer } = await callWithPin(owner, 'moveWallet', body);
    expect({ status, answer }).toEqual({ status: 200, answer: { wallet: first } });
  }
  expect(await kept(owner)).toEqual(first);
  expect(first).toMatchObject({ epoch: 2, publicKey, aik, addressSignature });
  // Another move goes on from there.
  const later = movedWallet(owner, { epoch: 3 });
  expect((await callWithPin(owner, 'moveWallet', later)).body).toEqual({ wallet: later });
});

test('nothing but the same wallet at the nodes that the account is on, by the word of t of them, is kept', async () => {
  const owner = await newOwner();
  const moved = movedWallet(owner);
  const refused = async (body: object, field: string) => {
    const { refusal } = await callWithPin(owner, 'moveWallet', body);
    expect(refusal, field).toMatchObject({ name: 'InvalidField', details: { field } });
  };
  // The server was not told of the move yet.
  await refused(moved, 'nodeSetHash');
  await tellMoved(owner);
  const other = testWallet(api, owner);
  const [one] = moved.vouchers as object[];
  await refused(movedWallet(owner, { vouching: 1 }), 'vouchers');
  await refused({ ...moved, vouchers: [one, one] }, 'vouchers');
  await refused({ ...moved, vouchers: owner.wallet.body.vouchers }, 'vouchers');
  await refused({ ...moved, epoch: 3 }, 'vouchers');
  await refused(movedWallet(owner, { wallet: other }), 'publicKey');
  await refused({ ...moved, addressSignature: other.body.addressSignature }, 'addressSignature');
  const as = { sessionId: owner.session.sessionId };
  expect((await owner.device.call('moveWallet', { as, body: moved })).refusal).toMatchObject({
    name: 'Forbidden',
    details: { reason: 'pin-auth' },
  });
  expect(await kept(owner)).toEqual(owner.wallet.body);
  const nobody = await personWithPin(before, 'Ben');
  const stranger = { ...nobody, device: testDevice(api, nobody.device.pair), wallet: other };
  await tellMoved(stranger);
  const { refusal } = await callWithPin(stranger, 'moveWallet', movedWallet(stranger));
  expect(refusal).toMatchObject({ name: 'WalletMissing' });
});

test('while other nodes are offered, a wallet is still made with those that the PIN is on', async () => {
  const person = await personWithPin(before, 'Ada');
  const wallet = testWallet(before, person);
  const here = { ...person, device: testDevice(api, person.device.pair), wallet };
  const offered = testWallet(api, here, { ...next, epoch: 1, vouching: 3, wallet });
  expect((await callWithPin(here, 'createWallet', offered.body)).refusal).toMatchObject({
    details: { field: 'nodeSetHash' },
  });
  expect((await callWithPin(here, 'createWallet', wallet.body)).body).toEqual({ wallet: wallet.body });
});

test('a new secret is prepared over shares that the nodes hold, and one that was staged at the nodes before is over', async () => {
  const owner = await newOwner();
  const { aik, keys } = owner.wallet;
  const wallet = rewrapOf(aik, owner.session.accountId, keys.publicKey);
  const prepare = () => {
    const pinAuthKey = toBase64url(keyPairOfSeed(new Secret(api.random(32))).publicKey);
    return callWithPin(owner, 'prepareNewSecret', { pinAuthKey, sealedEntropy: null, wallet });
  };
  const prepared = async () => {
    const secrets = api.database.db.selectFrom('prepared_secrets').selectAll();
    return (await secrets.where('account_id', '=', owner.session.accountId).execute()).length;
  };
  expect((await prepare()).status).toBe(204);
  await tellMoved(owner);
  expect((await prepare()).refusal).toMatchObject({ name: 'Forbidden', details: { reason: 'not-allowed' } });
  expect(await prepared()).toBe(1);
  expect((await callWithPin(owner, 'moveWallet', movedWallet(owner))).status).toBe(200);
  expect(await prepared()).toBe(0);
  expect((await prepare()).status).toBe(204);
});
