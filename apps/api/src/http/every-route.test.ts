import { type RouteName, routes } from '@hexkey/contract';
import { fromBase64url, type KeyPair, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loginByWords, type Person, preparation, registerByWords, setPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testDevice } from '../testing/test-device.ts';

// A modified client calls every route of the contract; a new route cannot escape these tests.
const names = Object.keys(routes) as RouteName[];
const signedNames = names.filter((name) => routes[name].access !== 'public');
const fullNames = names.filter((name) => routes[name].access === 'full');
const pinAuthNames = names.filter((name) => 'pinAuth' in routes[name]);

let api: TestApi;
let owner: Person;
let ownersPin: KeyPair;
let locked: Person;
let stranger: Person;
let strangersPin: KeyPair;

beforeAll(async () => {
  api = await startTestApi();
  owner = await registerByWords(api);
  ownersPin = await setPin(api, owner);
  locked = await loginByWords(api, owner.login);
  stranger = await registerByWords(api);
  strangersPin = await setPin(api, stranger);
});
afterAll(() => api.close());

const as = (person: Person) => ({ sessionId: person.session.sessionId });
const anyId = '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
const anyCommit = { clientMessageId: anyId, commit: 'AAAA', welcome: null, groupInfo: 'AAAA' };
/** A body that fits the schema, so that only the gate can refuse. */
const bodyOf = (name: RouteName, person: Person): unknown => {
  const strangersKey = toBase64url(strangersPin.publicKey);
  return {
    updateProfile: { name: 'Ada' },
    preparePin: preparation(person, ownersPin),
    changePin: { kind: 'change' },
    prepareNewSecret: { pinAuthKey: strangersKey, sealedEntropy: null, wallet: null },
    putLogHeads: { replaces: 0, revision: 1, sealed: 'c2VhbGVk' },
    reportAttempt: { operation: 'unlock', outcome: 'wrong-pin' },
    endDevice: { sessionId: stranger.session.sessionId },
    addContact: { hexkeyId: '100000000' },
    removeContact: { hexkeyId: '100000000' },
    blockPerson: { hexkeyId: '100000000' },
    unblockPerson: { hexkeyId: '100000000' },
    putAvatar: { image: 'iVBORw0KGgo' },
    publishDeviceKey: { hpkeKey: strangersKey, signature: toBase64url(new Uint8Array(64)) },
    requestPhoneLinkCode: { phone: '+4915112345678', locale: 'en' },
    linkPhone: { verificationId: anyId, code: '0000', locale: 'en', sealedEntropy: null },
    requestRecoveryContactCode: { hexkeyId: '100000000' },
    setRecoveryContact: { verificationId: anyId, code: '0000' },
    refuseContactLogin: { contactLoginId: anyId },
    openDeviceLink: { linkId: anyId, deviceKeyThumbprint: strangersKey },
    approveDeviceLink: {
      linkId: anyId,
      deviceKeyThumbprint: strangersKey,
      encapsulatedKey: strangersKey,
      ciphertext: strangersKey,
    },
    startDrill: { method: 'words', deviceKey: strangersKey },
    endDrill: { worked: false, contactLoginId: null },
    putPrivacy: { messages: 'everybody', groups: 'everybody', foundByPhone: 'everybody' },
    findByPhone: { phone: '+4915112345678' },
    reportPerson: { hexkeyId: '100000000', reason: 'spam', content: null },
    putDeviceList: { replaces: 0, list: strangersKey, signature: toBase64url(new Uint8Array(64)) },
    getDeviceLists: { accountIds: [anyId] },
    snoozeReminder: { reminder: 'kit' },
    putPushSubscription: { endpoint: 'https://fcm.googleapis.com/fcm/send/x' },
    publishKeyPackages: { keyPackages: [], lastResort: null },
    claimKeyPackages: { hexkeyId: '100000000' },
    createGroup: { groupId: anyId, kind: 'group', peerAccountId: null, ...anyCommit },
    commitToGroup: { groupId: anyId, epoch: 1, ...anyCommit },
    setGroupRole: { groupId: anyId, accountId: anyId, role: 'admin' },
    leaveGroup: { groupId: anyId },
    createInvite: { groupId: anyId, tokenHash: strangersKey },
    revokeInvite: { groupId: anyId },
    requestToJoin: { token: toBase64url(new Uint8Array(16)) },
    answerJoinRequest: { groupId: anyId, accountId: anyId, approve: true },
    listPeopleOfGroups: { accountIds: [anyId] },
    createWallet: {
      publicKey: strangersKey,
      epoch: 1,
      ceremony: toBase64url(new Uint8Array(16)),
      nodeSetHash: strangersKey,
      commitments: Array(6).fill(strangersKey),
      verifyingShares: Array(8).fill(strangersKey),
      vouchers: Array(5).fill({ realmId: '0'.repeat(32), signature: toBase64url(new Uint8Array(64)) }),
      sealedShares: strangersKey,
      aik: strangersKey,
      addressSignature: toBase64url(new Uint8Array(64)),
    },
    setWalletLimits: { lamports: '1', tokens: [], otherTokens: '1' },
    approveDevice: { sessionId: anyId },
    registerPayKey: { key: strangersKey, windowMs: 900_000 },
    announceWalletExport: { step: 'begun' },
    createTransfer: { intentId: anyId, message: strangersKey, recipientHexkeyId: null },
    putSignedTransfer: { intentId: anyId, transaction: strangersKey },
    linkTicket: { ticketKey: strangersKey },
    prepareDeletion: { locale: 'en' },
    requestDeletion: {
      effectiveAtMs: 1,
      sequence: 1,
      signature: toBase64url(new Uint8Array(64)),
      code: null,
    },
    cancelDeletion: { sequence: 1, signature: toBase64url(new Uint8Array(64)) },
    settleTransfer: { intentId: anyId, state: 'confirmed', failure: null },
  }[name as string];
};
const forbidden = (reason: string) => ({ name: 'Forbidden', details: { reason } });
const sessionStateOf = async (person: Person) =>
  (await person.device.call('getSession', { as: as(person) })).body as { state: string; pinState: string };

describe.each(signedNames)('%s', (name) => {
  test('refuses a caller without a session', async () => {
    const answer = await owner.device.call(name, { body: bodyOf(name, owner) });
    expect(answer.refusal).toMatchObject({ name: 'SessionEnded' });
  });

  test("refuses another device's signature under a session id", async () => {
    const thief = testDevice(api);
    const answer = await thief.call(name, { as: as(owner), body: bodyOf(name, owner) });
    expect(answer.refusal).toMatchObject({ name: 'SessionEnded' });
  });

  test('refuses a signature made for another route', async () => {
    const other = name === 'getSession' ? 'getAccount' : 'getSession';
    const nonce = toBase64url(api.random(16));
    const headers = await captureHeaders(owner, other, nonce);
    const answer = await owner.device.call(name, { headers, body: bodyOf(name, owner) });
    expect(answer.refusal).toMatchObject({ name: 'SessionEnded' });
  });
});

describe.each(fullNames)('%s', (name) => {
  test('refuses a locked session, even with the right PIN-auth', async () => {
    const pinAuth = await locked.device.provePin(name, locked.session, ownersPin);
    for (const proof of [{}, { pinAuth }]) {
      const answer = await locked.device.call(name, { as: as(locked), body: bodyOf(name, locked), ...proof });
      expect(answer.status).toBe(403);
      expect(answer.refusal).toMatchObject(forbidden('session-locked'));
    }
    expect(await sessionStateOf(locked)).toMatchObject({ state: 'locked' });
  });
});

describe.each(pinAuthNames)('%s', (name) => {
  // unlockSession and activatePin serve locked sessions; the others need a full one.
  const caller = () => (routes[name].access === 'full' ? owner : locked);
  /** Right for what `attempt` sends, unless a claim says otherwise. */
  const proof = (
    { device, session }: Person,
    pin: KeyPair,
    claim: Parameters<typeof device.provePin>[3] = {},
  ) => device.provePin(name, session, pin, { body: JSON.stringify(bodyOf(name, caller())) ?? '', ...claim });
  const attempt = (pinAuth?: string) =>
    caller().device.call(name, {
      as: as(caller()),
      body: bodyOf(name, caller()),
      ...(pinAuth === undefined ? {} : { pinAuth }),
    });
  const refused = async (pinAuth?: string) => {
    expect((await attempt(pinAuth)).refusal).toMatchObject(forbidden('pin-auth'));
    expect(await sessionStateOf(locked)).toMatchObject({ state: 'locked' });
  };

  test('refuses a call without PIN-auth, or with one that is malformed', async () => {
    await refused();
    await refused('v1;a;b;c');
  });

  test('refuses PIN-auth under another key', async () => {
    await refused(await proof(caller(), strangersPin));
  });

  test('refuses PIN-auth for another operation, account or body', async () => {
    await refused(await proof(caller(), ownersPin, { operation: 'getSession' }));
    const { accountId } = stranger.session;
    await refused(await proof(caller(), ownersPin, { accountId }));
    await refused(await proof(caller(), ownersPin, { body: '{}' }));
  });

  test("refuses a nonce of another session, even of the owner's own", async () => {
    const elsewhere = caller() === owner ? locked : owner;
    await refused(await proof(elsewhere, ownersPin));
  });

  test('refuses an expired challenge, and one that claims to live longer', async () => {
    await refused(await proof(caller(), ownersPin, { extraMs: 1 }));
    const late = await proof(caller(), ownersPin);
    api.clock.advance(2 * 60_000);
    await refused(late);
  });

  test('a wrong signature spends the challenge: the right one comes too late', async () => {
    const right = await proof(caller(), ownersPin);
    const [version, nonce, expires] = right.split(';');
    const wrong = toBase64url(new Uint8Array(64));
    await refused([version, nonce, expires, wrong].join(';'));
    await refused(right);
  });
});

test('a PIN-auth that served once is refused the second time', async () => {
  const fresh = await loginByWords(api, owner.login);
  const pinAuth = await fresh.device.provePin('unlockSession', fresh.session, ownersPin);
  expect((await fresh.device.call('unlockSession', { as: as(fresh), pinAuth })).body).toMatchObject({
    state: 'full',
    endsAtMs: null,
  });
  const again = await fresh.device.call('unlockSession', { as: as(fresh), pinAuth });
  expect(again.refusal).toMatchObject(forbidden('pin-auth'));
});

test('a session reads its own account only, whatever the id it names', async () => {
  const account = (await stranger.device.call('getAccount', { as: as(stranger) })).body as {
    accountId: string;
  };
  expect(account.accountId).toBe(stranger.session.accountId);
  const logs = await owner.device.call('listLogs', { as: as(owner) });
  const [entry] = (logs.body as { entries: { id: string }[] }).entries;
  const answer = await stranger.device.call('listLogs', { as: as(stranger), query: `before=${entry?.id}` });
  expect(answer.refusal).toMatchObject({ name: 'InvalidField', details: { field: 'before' } });
});

test('a locked session reads its own attempts and no others of the account', async () => {
  await owner.device.call('reportAttempt', {
    as: as(owner),
    body: { operation: 'viewWords', outcome: 'wrong-pin' },
  });
  const own = await locked.device.call('listOwnAttempts', { as: as(locked), query: 'limit=100' });
  const operations = (own.body as { entries: { operation: string }[] }).entries.map(
    (entry) => entry.operation,
  );
  expect(operations).toContain('loginWithWords');
  expect(operations).not.toContain('viewWords');
  expect(operations).not.toContain('registerWithWords');
});

/** Signature headers as the device makes them for another route. */
async function captureHeaders(
  person: Person,
  name: RouteName,
  nonce: string,
): Promise<Record<string, string>> {
  const { requestSignatureBase, requestSignatureHeaders, signEd25519 } = await import('@hexkey/protocol');
  const request = {
    method: routes[name].method,
    path: routes[name].path,
    query: '',
    body: fromBase64url(''),
    pinAuth: null,
  };
  const parameters = {
    createdS: Math.floor(api.clock.now() / 1000),
    nonce,
    sessionId: person.session.sessionId,
  };
  return requestSignatureHeaders(
    request,
    parameters,
    signEd25519(person.device.pair, requestSignatureBase(request, parameters)),
  );
}
