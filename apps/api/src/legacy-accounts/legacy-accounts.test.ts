import { readFileSync } from 'node:fs';
import type { LegacyRow } from '@hexkey/contract';
import { keyPairOfSeed, loginKeyPair, newEntropy, Secret } from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { accountSubject } from '../limits/subjects.ts';
import { phoneHash } from '../phone-verification/phone-numbers.ts';
import {
  description,
  loginByWords,
  type Person,
  personWithPin,
  phoneCode,
  preparation,
  registerByPhone,
  setPin,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { type TestDevice, testDevice } from '../testing/test-device.ts';
import { dropLegacyAccount } from './drop-legacy-account.ts';
import { importLegacyRows } from './import-legacy-rows.ts';
import { oneHashAtATime } from './one-hash-at-a-time.ts';
import { reportLegacy } from './report-legacy.ts';

const fixtures: readonly { readonly made: string; readonly secret: string; readonly hash: string }[] =
  JSON.parse(readFileSync(new URL('./fixtures/legacy-hashes.json', import.meta.url), 'utf8'));
const cheap = fixtures.find(({ made }) => made.startsWith('bcrypt 2a')) as (typeof fixtures)[number];
const other = fixtures.find(({ made }) =>
  made.startsWith('PBKDF2-SHA256 UTF-8'),
) as (typeof fixtures)[number];
const oldPin = cheap.secret;
const day = 24 * 3_600_000;

let api: TestApi;
let device: TestDevice;
let lastNumber = 2_000;
const newNumber = () => {
  lastNumber += 1;
  return `+491511234${lastNumber}`;
};
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(() => {
  api.clock.advance(2 * day); // no limit reaches from one test into the next
  device = testDevice(api);
});
afterAll(() => api.close());

const row = (given: Partial<LegacyRow>): LegacyRow => ({
  line: 2,
  phone: newNumber(),
  name: '',
  hash: cheap.hash,
  reference: '',
  ...given,
});
const importRows = (rows: readonly LegacyRow[], writes = true) =>
  api.deps.transact((stores) => importLegacyRows({ ...api.deps, keys: api.keys }, stores, rows, writes));
const report = () => reportLegacy(api.deps.stores, null, 1000);
const accountsNow = async () => (await api.database.db.selectFrom('accounts').select('id').execute()).length;

/** @returns the number of an account that was just imported */
async function imported(given: Partial<LegacyRow> = {}): Promise<string> {
  const phone = newNumber();
  await importRows([row({ phone, ...given })]);
  return phone;
}
const login = (verification: { verificationId: string; code: string }, by = device) =>
  by.call('loginWithPhone', {
    body: {
      verificationId: verification.verificationId,
      code: verification.code,
      deviceKey: by.publicKey,
      device: description,
    },
  });
const upgrade = (verification: { verificationId: string; code: string }, legacyPin: string, by = device) =>
  by.call('loginWithLegacyPin', {
    body: {
      verificationId: verification.verificationId,
      code: verification.code,
      legacyPin,
      deviceKey: by.publicKey,
      device: description,
    },
  });
/** No hash is computed until it is released. */
async function holdHashes(): Promise<() => void> {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  void oneHashAtATime(() => held);
  return release;
}
/** Tries of the old PIN of the account that has a number. */
async function spentBy(phone: string): Promise<number> {
  const account = await api.deps.stores.accounts.findByPhone(phoneHash(api.keys, new Secret(phone)));
  const subject = accountSubject(api.keys, account?.id ?? '');
  return api.deps.stores.limits.spentCount('legacyPinsPerAccount', subject, api.clock.now());
}
const personOf = (session: Person['session'], by = device): Person => ({
  device: by,
  login: loginKeyPair(newEntropy(api.random)),
  session,
});

test('rows are imported all or none, and each refused one is named by line and reason, without what is in it', async () => {
  const taken = newNumber();
  await registerByPhone(api, taken);
  const before = await accountsNow();
  const twice = newNumber();
  const rows = [
    row({ line: 2 }),
    row({ line: 3, phone: '+49123' }),
    row({ line: 4, phone: '0151 12342001' }),
    row({ line: 5, hash: oldPin }),
    row({ line: 6, hash: cheap.hash.replace('$04$', '$31$') }),
    row({ line: 7, name: 'a\u0007b' }),
    row({ line: 8, reference: 'two words' }),
    row({ line: 9, phone: taken }),
    row({ line: 10, phone: twice }),
    row({ line: 11, phone: twice, hash: other.hash }),
  ];
  const answer = await importRows(rows);
  expect(answer).toEqual({
    imported: 0,
    unchanged: 0,
    refused: [
      { line: 3, problem: 'phone-number' },
      { line: 4, problem: 'phone-number' },
      { line: 5, problem: 'hash-format' },
      { line: 6, problem: 'hash-cost' },
      { line: 7, problem: 'name' },
      { line: 8, problem: 'reference' },
      { line: 9, problem: 'number-taken' },
      { line: 11, problem: 'number-twice' },
    ],
  });
  expect(await accountsNow()).toBe(before);
});

test('an import made again changes nothing, and another hash for the same number is refused', async () => {
  const given = row({ name: '  Ada  ', reference: 'user-17' });
  expect(await importRows([given], false)).toEqual({ imported: 1, unchanged: 0, refused: [] });
  const before = await accountsNow();
  expect(await importRows([given])).toEqual({ imported: 1, unchanged: 0, refused: [] });
  expect(await importRows([given])).toEqual({ imported: 0, unchanged: 1, refused: [] });
  expect(await importRows([{ ...given, hash: other.hash }])).toMatchObject({
    refused: [{ line: 2, problem: 'imported-otherwise' }],
  });
  expect(await accountsNow()).toBe(before + 1);
  expect((await report()).accounts).toContainEqual({
    hexkeyId: expect.stringMatching(/^[1-9][0-9]{8}$/),
    reference: 'user-17',
    importedAtMs: api.clock.now(),
  });
});

test('the hash rests sealed: the database alone gives nothing to try PINs against', async () => {
  const phone = await imported();
  const rows = await api.database.db.selectFrom('legacy_accounts').selectAll().execute();
  const stored = rows.map(({ hash_sealed }) => Buffer.from(hash_sealed ?? []).toString('latin1')).join();
  expect(stored).not.toContain('$2a$');
  expect(JSON.stringify(api.logged)).not.toContain(phone);
});

test('a login answers 20118 with where the tool is, and the same code is good there', async () => {
  const phone = await imported();
  const asked = await phoneCode(api, device, phone, 'login');
  for (let time = 0; time < 2; time += 1)
    expect(await login(asked)).toMatchObject({
      status: 403,
      refusal: { name: 'PinUpgradeRequired', code: 20118, details: { tool: '/upgrade-pin' } },
    });
  const entered = await upgrade(asked, oldPin);
  expect(entered.body).toMatchObject({ state: 'locked', pinState: 'unset', registeredWith: 'phone' });
  // A lost answer is asked for again: the same session, without another attempt. Another device gets nothing for the code.
  expect((await upgrade(asked, oldPin)).body).toEqual(entered.body);
  expect((await upgrade(asked, oldPin, testDevice(api))).refusal?.name).toBe('ExpiredCode');
});

test('registering with an imported number answers 20118 too, however long ago the import was', async () => {
  const phone = await imported();
  api.clock.advance(90 * day);
  const asked = await phoneCode(api, device, phone, 'register');
  const answer = await device.call('registerWithPhone', {
    body: {
      verificationId: asked.verificationId,
      code: asked.code,
      deviceKey: device.publicKey,
      device: description,
    },
  });
  expect(answer.refusal?.name).toBe('PinUpgradeRequired');
});

test('without the right code nothing is checked, and a wrong old PIN has five tries in 24 hours', async () => {
  const phone = await imported();
  const first = await phoneCode(api, device, phone, 'login');
  const wrongCode = first.code === '0000' ? '0001' : '0000';
  expect((await upgrade({ ...first, code: wrongCode }, oldPin)).refusal?.name).toBe('WrongCode');
  for (const attemptsLeft of [4, 3, 2, 1, 0])
    expect((await upgrade(first, '000001')).refusal).toMatchObject({
      name: 'WrongLegacyPin',
      code: 20215,
      details: { attemptsLeft },
    });
  const locked = await upgrade(first, oldPin);
  expect(locked).toMatchObject({ status: 429, refusal: { name: 'TooMany', details: { retryAfterMs: day } } });
  api.clock.advance(day);
  const second = await phoneCode(api, device, phone, 'login');
  expect((await upgrade(second, oldPin)).status).toBe(200);
});

test('twenty old PINs at once are five tries', async () => {
  const phone = await imported();
  const asked = await phoneCode(api, device, phone, 'login');
  const names = (
    await Promise.all(Array.from({ length: 20 }, (_, index) => upgrade(asked, `10000${index}`)))
  ).map(({ refusal }) => refusal?.name);
  expect(names.filter((name) => name === 'WrongLegacyPin')).toHaveLength(5);
  expect(names.filter((name) => name === 'TooMany')).toHaveLength(15);
});

test('the right old PIN gives the tries back', async () => {
  const phone = await imported();
  const asked = await phoneCode(api, device, phone, 'login');
  for (let time = 0; time < 4; time += 1) await upgrade(asked, '000001');
  expect((await upgrade(asked, oldPin)).status).toBe(200);
  api.clock.advance(61_000);
  const again = await phoneCode(api, device, phone, 'login');
  expect((await upgrade(again, '000001')).refusal?.details).toEqual({ attemptsLeft: 4 });
});

test('wrong old PINs stand in the log of whoever gets the account', async () => {
  const phone = await imported();
  const asked = await phoneCode(api, device, phone, 'login');
  for (let time = 0; time < 2; time += 1) await upgrade(asked, '000001');
  const { body: session } = await upgrade(asked, oldPin);
  const owner = personOf(session);
  await setPin(api, owner);
  const { entries } = (await device.call('listLogs', { as: { sessionId: owner.session.sessionId } }))
    .body as {
    entries: { operation: string; outcome: string; place: string }[];
  };
  const tried = entries.filter(({ operation }) => operation === 'loginWithLegacyPin');
  expect(tried.map(({ outcome }) => outcome).sort()).toEqual(['success', 'wrong-pin', 'wrong-pin']);
  expect(tried.every(({ place }) => place === '127.0.0.1')).toBe(true);
});

test('the hash goes when the new PIN is set, not before; then the account is like any other', async () => {
  const phone = await imported({ reference: 'last' });
  const asked = await phoneCode(api, device, phone, 'login');
  const { body: session } = await upgrade(asked, oldPin);
  const waiting = async () => (await report()).accounts.some(({ reference }) => reference === 'last');
  expect(await waiting()).toBe(true);

  // Cut off here, on another device, it begins again with the old PIN.
  api.clock.advance(61_000);
  const elsewhere = testDevice(api);
  const again = await phoneCode(api, elsewhere, phone, 'login');
  expect((await login(again, elsewhere)).refusal?.name).toBe('PinUpgradeRequired');
  expect((await upgrade(again, oldPin, elsewhere)).status).toBe(200);

  const owner = personOf(session);
  await setPin(api, owner);
  expect(await waiting()).toBe(false);
  const kept = await api.deps.stores.legacyAccounts.get(owner.session.accountId);
  expect(kept).toMatchObject({ hash_sealed: null, upgraded_at_ms: api.clock.now() });

  api.clock.advance(61_000);
  const newcomer = testDevice(api);
  const after = await phoneCode(api, newcomer, phone, 'login');
  expect((await upgrade(after, oldPin, newcomer)).refusal?.name).toBe('PinAlreadySet');
  expect((await login(after, newcomer)).body).toMatchObject({ state: 'locked', pinState: 'set' });
  // The old file imported once more brings the old PIN back for nobody.
  expect(await importRows([row({ phone })])).toEqual({ imported: 0, unchanged: 1, refused: [] });
  expect((await api.deps.stores.legacyAccounts.get(owner.session.accountId))?.hash_sealed).toBeNull();
});

test('who was imported and has not come yet is found by nobody who knows the number', async () => {
  const phone = await imported({ name: 'Ada' });
  const seeker = await personWithPin(api, 'Grace');
  const find = async () =>
    (
      await seeker.device.call('findByPhone', {
        as: { sessionId: seeker.session.sessionId },
        body: { phone },
      })
    ).refusal?.name;
  expect(await find()).toBe('NotFound');
  const asked = await phoneCode(api, device, phone, 'login');
  await setPin(api, personOf((await upgrade(asked, oldPin)).body));
  expect(await find()).toBeUndefined();
});

test('an attempt is written down before the hash is computed', async () => {
  const phone = await imported();
  const asked = await phoneCode(api, device, phone, 'login');
  const release = await holdHashes();
  const answer = upgrade(asked, '000001');
  await expect.poll(() => spentBy(phone)).toBe(1);
  release();
  expect((await answer).refusal?.details).toEqual({ attemptsLeft: 4 });
});

test('who finished on another device while a right old PIN was being checked stays the only one', async () => {
  const phone = await imported();
  const owner = personOf((await upgrade(await phoneCode(api, device, phone, 'login'), oldPin)).body);
  api.clock.advance(61_000);
  const late = testDevice(api);
  const asked = await phoneCode(api, late, phone, 'login');
  const release = await holdHashes();
  const answer = upgrade(asked, oldPin, late);
  await expect.poll(() => spentBy(phone)).toBe(1);
  await setPin(api, owner);
  release();
  expect((await answer).refusal?.name).toBe('PinAlreadySet');
});

test('an import whose owner never came is taken back; one that is being upgraded, or was, is not', async () => {
  const phone = await imported();
  const found = await api.deps.stores.accounts.findByPhone(phoneHash(api.keys, new Secret(phone)));
  const drop = (hexkeyId: string) =>
    api.deps.transact((stores) => dropLegacyAccount(stores, hexkeyId, api.clock.now()));
  await drop(found?.hexkey_id ?? '');
  expect(await api.deps.stores.legacyAccounts.get(found?.id ?? '')).toBeNull();
  const { session } = await registerByPhone(api, phone);
  expect(session).toMatchObject({ state: 'locked', pinState: 'unset' });
  await expect(drop(await api.hexkeyIdOf(session.accountId))).rejects.toMatchObject({ name: 'Forbidden' });

  const other = await imported();
  const owner = personOf((await upgrade(await phoneCode(api, device, other, 'login'), oldPin)).body);
  const hexkeyId = await api.hexkeyIdOf(owner.session.accountId);
  await expect(drop(hexkeyId)).rejects.toMatchObject({ name: 'Forbidden' });
  await setPin(api, owner);
  await expect(drop(hexkeyId)).rejects.toMatchObject({ name: 'Forbidden' });
});

test('no other way in leads past the upgrade: prepared words do not either', async () => {
  const phone = await imported();
  const asked = await phoneCode(api, device, phone, 'login');
  const { body: session } = await upgrade(asked, oldPin);
  const owner = personOf(session);
  await device.call('preparePin', {
    as: { sessionId: owner.session.sessionId },
    body: preparation(owner, keyPairOfSeed(new Secret(api.random(32)))),
  });
  const byWords = await loginByWords(api, owner.login);
  expect(byWords.session).toMatchObject({ name: 'PinUpgradeRequired' });
});
