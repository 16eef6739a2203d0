import { keyPairOfSeed, newEntropy, Secret, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loginByWords, registerByWords, setPin, wordsLogin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testDevice } from '../testing/test-device.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const accounts = () => api.database.db.selectFrom('accounts').selectAll().execute();
const freshLogin = () => keyPairOfSeed(new Secret(api.random(32)));

test('a registration makes a locked session on a new account with nine random digits', async () => {
  const { session } = await registerByWords(api);
  expect(session).toMatchObject({
    state: 'locked',
    pinState: 'unset',
    hasSealedEntropy: false,
    registeredWith: 'words',
  });
  const account = (await accounts()).find(({ id }) => id === session.accountId);
  expect(account?.hexkey_id).toMatch(/^[1-9][0-9]{8}$/);
});

test('a registration repeated after a lost answer leads to the same account', async () => {
  const entropy = newEntropy(api.random);
  const before = (await accounts()).length;
  const [first, second] = await Promise.all([registerByWords(api, entropy), registerByWords(api, entropy)]);
  const third = await registerByWords(api, entropy);
  expect(second.session.accountId).toBe(first.session.accountId);
  expect(third.session.accountId).toBe(first.session.accountId);
  expect((await accounts()).length).toBe(before + 1);
});

test('a login reaches the account of its words; words without an account are told so', async () => {
  const owner = await registerByWords(api);
  const again = await loginByWords(api, owner.login);
  expect(again.session).toMatchObject({ accountId: owner.session.accountId, state: 'locked' });
  const device = testDevice(api);
  const unknown = await device.call('loginWithWords', {
    body: await wordsLogin(device, freshLogin(), 'login'),
  });
  expect(unknown.refusal).toMatchObject({ name: 'NotFound', details: { what: 'account' } });
});

test('a challenge serves once, for its purpose, its key and five minutes', async () => {
  const login = freshLogin();
  const device = testDevice(api);
  const call = (body: unknown) => device.call('registerWithWords', { body });
  const notFound = { name: 'NotFound', details: { what: 'challenge' } };

  const used = await wordsLogin(device, login, 'register');
  expect((await call(used)).status).toBe(200);
  expect((await call(used)).refusal).toMatchObject(notFound);

  const { proofOfWork } = used;
  expect((await call({ ...(await wordsLogin(device, login, 'login')), proofOfWork })).refusal).toMatchObject(
    notFound,
  );

  const loginKey = toBase64url(freshLogin().publicKey);
  expect((await call({ ...(await wordsLogin(device, login, 'register')), loginKey })).refusal).toMatchObject(
    notFound,
  );

  const late = await wordsLogin(device, login, 'register');
  api.clock.advance(5 * 60_000);
  expect((await call(late)).refusal).toMatchObject(notFound);
});

test('a wrong signature, another device or missing work makes no account', async () => {
  const login = freshLogin();
  const device = testDevice(api);
  const before = (await accounts()).length;
  const attempt = async (change: Record<string, unknown>) => {
    const body = { ...(await wordsLogin(device, login, 'register')), ...change };
    return (await device.call('registerWithWords', { body })).refusal?.details;
  };
  expect(await attempt({ signature: toBase64url(new Uint8Array(64)) })).toMatchObject({ field: 'signature' });
  expect(await attempt({ deviceKey: testDevice(api).publicKey })).toMatchObject({ field: 'signature' });
  // Under the identity point anybody could sign requests.
  const identity = toBase64url(Uint8Array.of(1, ...new Uint8Array(31)));
  expect(await attempt({ deviceKey: identity })).toMatchObject({ field: 'deviceKey' });
  const wrongWork = [0, 1, 2, 3, 4, 5, 6, 7].map((byte) =>
    attempt({ proofOfWork: toBase64url(new Uint8Array(8).fill(200 + byte)) }),
  );
  const details = await Promise.all(wrongWork);
  expect(details).toContainEqual(expect.objectContaining({ field: 'proofOfWork' }));
  expect((await accounts()).length - before).toBeLessThanOrEqual(1); // some of eight guesses may solve 4 bits
});

test('the profile name is kept in one normal form and shown by getAccount', async () => {
  const owner = await registerByWords(api);
  await setPin(api, owner);
  const as = { sessionId: owner.session.sessionId };
  expect((await owner.device.call('updateProfile', { as, body: { name: 'Ame\u0301lie' } })).status).toBe(204);
  const { body } = await owner.device.call('getAccount', { as });
  expect(body).toMatchObject({ name: 'Am\u00e9lie', phoneMasked: null, registeredWith: 'words' });
});
