import {
  deviceKeyThumbprint,
  fromBase64url,
  keyPairOfSeed,
  nodeTokenApplies,
  openNodeToken,
  Secret,
  toBase64url,
  verifyEd25519,
} from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newServerKeys, publicTokenKey } from '../keys/server-keys.ts';
import {
  loginByWords,
  type Person,
  preparation,
  registerByPhone,
  registerByWords,
  setPin,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testNodeSet } from '../testing/test-node-set.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const as = (person: Person) => ({ sessionId: person.session.sessionId });
const newPair = () => keyPairOfSeed(new Secret(api.random(32)));
const prepare = (person: Person, body: Record<string, unknown>) =>
  person.device.call('preparePin', { as: as(person), body });

test('prepared, replaced, activated: then set for good', async () => {
  const owner = await registerByWords(api);
  const [first, second] = [newPair(), newPair()];
  expect((await prepare(owner, preparation(owner, first))).body).toMatchObject({
    pinState: 'prepared',
    state: 'locked',
  });
  expect((await prepare(owner, preparation(owner, second))).body).toMatchObject({ pinState: 'prepared' });

  const stale = await owner.device.provePin('activatePin', owner.session, first);
  const refused = await owner.device.call('activatePin', { as: as(owner), pinAuth: stale });
  expect(refused.refusal).toMatchObject({ details: { reason: 'pin-auth' } });

  const activate = async () =>
    owner.device.call('activatePin', {
      as: as(owner),
      pinAuth: await owner.device.provePin('activatePin', owner.session, second),
    });
  expect((await activate()).body).toMatchObject({ pinState: 'set', state: 'full', endsAtMs: null });
  expect((await activate()).body).toMatchObject({ pinState: 'set', state: 'full' }); // a repeated lost answer

  const late = await prepare(owner, preparation(owner, first));
  expect(late).toMatchObject({ status: 409, refusal: { name: 'PinAlreadySet' } });
  const logs = await owner.device.call('listLogs', { as: as(owner) });
  const operations = (logs.body as { entries: { operation: string }[] }).entries.map(
    (entry) => entry.operation,
  );
  expect(operations.filter((operation) => operation === 'activatePin')).toHaveLength(1);
});

test('a session is unlocked by a PIN that is set, not by one that is only prepared', async () => {
  const owner = await registerByWords(api);
  const pinAuth = newPair();
  await prepare(owner, preparation(owner, pinAuth));
  const early = await owner.device.provePin('unlockSession', owner.session, pinAuth);
  const refused = await owner.device.call('unlockSession', { as: as(owner), pinAuth: early });
  expect(refused.refusal).toMatchObject({ details: { reason: 'pin-not-set' } });
});

test('a session that becomes full by a repeated activation leaves a line in the log', async () => {
  const owner = await registerByWords(api);
  const pinAuth = await setPin(api, owner);
  const other = await loginByWords(api, owner.login);
  const proof = await other.device.provePin('activatePin', other.session, pinAuth);
  const full = await other.device.call('activatePin', { as: as(other), pinAuth: proof });
  expect(full.body).toMatchObject({ state: 'full' });
  const own = await other.device.call('listOwnAttempts', { as: as(other) });
  const operations = (own.body as { entries: { operation: string }[] }).entries.map(
    (entry) => entry.operation,
  );
  expect(operations.sort()).toEqual(['loginWithWords', 'unlockSession']);
});

test('before any PIN nothing can be proven', async () => {
  const owner = await registerByWords(api);
  const pinAuth = await owner.device.provePin('activatePin', owner.session, newPair());
  const refused = await owner.device.call('activatePin', { as: as(owner), pinAuth });
  expect(refused.refusal).toMatchObject({ details: { reason: 'pin-not-set' } });
});

test('a phone account keeps its sealed entropy, gets its words key, and opens by both', async () => {
  const owner = await registerByPhone(api, '+4915112345678');
  const body = preparation(owner, newPair());
  expect((await prepare(owner, { ...body, sealedEntropy: null })).refusal).toMatchObject({
    details: { field: 'sealedEntropy' },
  });
  const pinAuth = await setPin(api, owner);
  const sealed = await owner.device.call('getSealedEntropy', { as: as(owner) });
  expect(sealed.body).toEqual({ sealedEntropy: body.sealedEntropy });

  const byWords = await loginByWords(api, owner.login);
  expect(byWords.session).toMatchObject({
    accountId: owner.session.accountId,
    hasSealedEntropy: true,
    registeredWith: 'phone',
  });
  const proof = await byWords.device.provePin('unlockSession', byWords.session, pinAuth);
  const unlocked = await byWords.device.call('unlockSession', { as: as(byWords), pinAuth: proof });
  expect(unlocked.body).toMatchObject({ state: 'full' });
});

test('a words account stores nothing sealed and keeps its key', async () => {
  const owner = await registerByWords(api);
  const body = preparation(owner, newPair());
  const sealedEntropy = toBase64url(new Uint8Array(56));
  expect((await prepare(owner, { ...body, sealedEntropy })).refusal).toMatchObject({
    details: { field: 'sealedEntropy' },
  });
  const otherKey = preparation({ ...owner, login: newPair() }, newPair());
  expect((await prepare(owner, otherKey)).refusal).toMatchObject({ details: { field: 'loginKey' } });
  await setPin(api, owner);
  expect((await owner.device.call('getSealedEntropy', { as: as(owner) })).body).toEqual({
    sealedEntropy: null,
  });
});

test('a login key is attached by its holder, for this account and device, and to one account', async () => {
  const owner = await registerByPhone(api, '+4915112345679');
  const taken = await registerByWords(api);
  const thief = { ...owner, session: { ...owner.session, accountId: taken.session.accountId } };
  expect((await prepare(owner, preparation(thief, newPair()))).refusal).toMatchObject({
    details: { field: 'loginSignature' },
  });
  const duplicate = preparation({ ...owner, login: taken.login }, newPair());
  expect((await prepare(owner, duplicate)).refusal).toMatchObject({ details: { field: 'loginKey' } });
  const state = await owner.device.call('getSession', { as: as(owner) });
  expect(state.body).toMatchObject({ pinState: 'unset' });
});

test('another node set than the served one is refused', async () => {
  const owner = await registerByWords(api);
  const nodeSetHash = toBase64url(new Uint8Array(32));
  const refused = await prepare(owner, { ...preparation(owner, newPair()), nodeSetHash });
  expect(refused.refusal).toMatchObject({ name: 'InvalidField', details: { field: 'nodeSetHash' } });
});

test('node tokens: one a node, ten minutes, bound to the device key', async () => {
  const owner = await registerByWords(api);
  const answer = await owner.device.call('issueNodeTokens', { as: as(owner) });
  const { tokens, expiresAtMs } = answer.body as {
    tokens: { realmId: string; token: string }[];
    expiresAtMs: number;
  };
  expect(tokens).toHaveLength(3);
  expect(expiresAtMs).toBe(api.clock.now() + 10 * 60_000);
  const served = (await owner.device.call('getNodeSet')).body;
  expect(served).toEqual(testNodeSet.signedNodeSet);
  // The key pair the harness gives the API, which `init` prints for the nodes.
  const { tokenPublicKey } = publicTokenKey(newServerKeys(seededRandom('api')));
  const keyOf = (tenant: string, version: number) =>
    tenant === 'hexkey' && version === 1 ? fromBase64url(tokenPublicKey) : null;
  for (const { realmId, token } of tokens) {
    const claims = openNodeToken(token, keyOf, verifyEd25519);
    expect(claims).toMatchObject({
      userId: owner.session.accountId,
      deviceThumbprint: deviceKeyThumbprint(owner.device.pair.publicKey),
      sessionId: null,
    });
    expect(claims !== null && nodeTokenApplies(claims, realmId, api.clock.now())).toBe(true);
  }
});
