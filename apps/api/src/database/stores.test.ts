import { fixedClock, seededRandom } from '@hexkey/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '../accounts/create-account.ts';
import { newUuid } from '../identifiers.ts';
import { limits } from '../limits/limits.ts';
import { openBareDatabase, openTestDatabase } from '../testing/test-database.ts';
import { migrate } from './migrate.ts';
import type { OpenDatabase } from './open-database.ts';
import { type Stores, storesOf } from './stores.ts';
import { sweep } from './sweep.ts';
import { type Transact, transactOn } from './transact.ts';

// One suite for every database: the embedded one, or one in the PostgreSQL that tests were given.
const random = seededRandom('stores');
const clock = fixedClock('2030-01-01');
let database: OpenDatabase;
let stores: Stores;
let transact: Transact;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = storesOf(database.db);
  transact = transactOn(database.db);
});
afterAll(() => database.close());

const newAccount = () =>
  transact((inside) =>
    createAccount({ clock, random }, inside, newUuid(random), {
      registeredWith: 'words',
      loginKey: random(32),
    }),
  );
const newSession = async (endsAtMs: number | null = null) => {
  const { account } = await newAccount();
  const id = newUuid(random);
  await stores.sessions.add({
    id,
    account_id: account.id,
    device_key: random(32),
    device_name: 'Test',
    platform: 'web',
    state: endsAtMs === null ? 'full' : 'locked',
    created_at_ms: clock.now(),
    ends_at_ms: endsAtMs,
    last_seen_at_ms: null,
    last_place: null,
    full_at_ms: null,
    hold_ended: false,
    is_drill: false,
  });
  return { id, account };
};

describe('migrations', () => {
  test('run once, however many instances start together', async () => {
    const step = {
      name: 'test-step',
      statements: ['create table counted (n integer)', 'insert into counted values (1)'],
    };
    const bare = await openBareDatabase();
    const applied = await Promise.all([1, 2, 3].map(() => migrate(bare.db, [step])));
    await bare.close();
    expect(applied.flat()).toEqual(['test-step']);
  });

  test('a step that fails leaves nothing behind and is tried again', async () => {
    const broken = { name: 'broken', statements: ['create table half (n integer)', 'this is no SQL'] };
    await expect(migrate(database.db, [broken])).rejects.toThrow('syntax');
    const repaired = { name: 'broken', statements: ['create table half (n integer)'] };
    expect(await migrate(database.db, [repaired])).toEqual(['broken']);
  });
});

describe('transactions', () => {
  test('what fails is undone as a whole', async () => {
    const id = newUuid(random);
    const failing = transact(async (inside) => {
      await createAccount({ clock, random }, inside, id, { registeredWith: 'words', loginKey: random(32) });
      throw new Error('crash');
    });
    await expect(failing).rejects.toThrow('crash');
    expect(await stores.accounts.get(id)).toBeNull();
  });

  test('a transaction that met another (40001) runs again; any other fault does not', async () => {
    let runs = 0;
    const conflict = Object.assign(new Error('serialization'), { code: '40001' });
    const answer = await transact(async () => {
      runs += 1;
      if (runs < 3) throw conflict;
      return 'done';
    });
    expect([answer, runs]).toEqual(['done', 3]);
    await expect(transact(() => Promise.reject(conflict))).rejects.toBe(conflict);
    let others = 0;
    const fault = transact(async () => {
      others += 1;
      throw new Error('bug');
    });
    await expect(fault).rejects.toThrow('bug');
    expect(others).toBe(1);
  });
});

describe('accounts', () => {
  test('a Hexkey ID that is taken is drawn again', async () => {
    const draws = [7, 7, 8];
    const nine = (lengthBytes: number) => {
      const bytes = new Uint8Array(lengthBytes);
      bytes[lengthBytes - 1] = draws.shift() ?? 9;
      return bytes;
    };
    const make = () =>
      createAccount({ clock, random: nine }, stores, newUuid(random), {
        registeredWith: 'words',
        loginKey: random(32),
      });
    expect((await make()).account.hexkey_id).toBe('100000007');
    expect((await make()).account.hexkey_id).toBe('100000008');
    expect(draws).toEqual([]);
  });

  test('bytes and times come back as they were written', async () => {
    const { account } = await newAccount();
    const read = await stores.accounts.get(account.id);
    expect(read?.created_at_ms).toBe(clock.now());
    expect(Buffer.from(read?.login_key ?? [])).toEqual(Buffer.from(account.login_key ?? [1]));
  });
});

describe('one-use values', () => {
  test('of many at once, exactly one takes a challenge, a PIN nonce or a request nonce', async () => {
    const { id: sessionId } = await newSession();
    const challengeId = newUuid(random);
    const challenge = { purpose: 'login', login_key: random(32), challenge: random(32) } as const;
    await stores.loginChallenges.add({
      ...challenge,
      id: challengeId,
      proof_of_work_bits: 0,
      expires_at_ms: clock.now() + 1,
    });
    const nonce = random(16);
    await stores.pinChallenges.add(nonce, sessionId, clock.now() + 1);
    const rivals = [...Array(10).keys()];
    const taken = await Promise.all(rivals.map(() => stores.loginChallenges.take(challengeId)));
    expect(taken.filter((row) => row !== null)).toHaveLength(1);
    const nonces = await Promise.all(rivals.map(() => stores.pinChallenges.take(nonce, sessionId)));
    expect(nonces.filter((end) => end !== null)).toHaveLength(1);
    const spent = await Promise.all(
      rivals.map(() => stores.requestNonces.spend(sessionId, 'n', clock.now())),
    );
    expect(spent.filter((isFresh) => isFresh)).toHaveLength(1);
  });

  test('a nonce of a session that was ended a moment ago is refused, not a fault', async () => {
    expect(await stores.requestNonces.spend(newUuid(random), 'n', clock.now())).toBe(false);
  });

  test('tries at one code are counted one after another, however many come at once', async () => {
    const id = newUuid(random);
    await stores.phoneVerifications.add({
      id,
      purpose: 'login',
      phone_hash: random(32),
      phone_sealed: random(56),
      code_mac: random(32),
      tries_left: 10,
      expires_at_ms: clock.now() + 1,
      for_session_id: null,
      used_by_device_key: null,
      session_id: null,
    });
    const tries = Array.from({ length: 10 }, () =>
      transact(async (inside) => {
        const { tries_left: left = 0 } = (await inside.phoneVerifications.lock(id)) ?? {};
        await inside.phoneVerifications.setTriesLeft(id, left - 1);
      }),
    );
    await Promise.all(tries);
    expect((await stores.phoneVerifications.lock(id))?.tries_left).toBe(0);
  });

  test('a PIN nonce serves its own session only, and stays for it', async () => {
    const { id: sessionId } = await newSession();
    const { id: otherId } = await newSession();
    const nonce = random(16);
    await stores.pinChallenges.add(nonce, sessionId, 5);
    expect(await stores.pinChallenges.take(nonce, otherId)).toBeNull();
    expect(await stores.pinChallenges.take(nonce, sessionId)).toBe(5);
  });
});

describe('limits', () => {
  const name = 'phoneCodesPerNumber';
  const { max, windowMs } = limits[name];
  const spend = (subject: Uint8Array, nowMs: number) =>
    transact((inside) => inside.limits.spend(name, subject, nowMs));

  test('fifty at once get exactly the limit', async () => {
    const subject = random(32);
    const waits = await Promise.all(Array.from({ length: 50 }, () => spend(subject, 1000)));
    expect(waits.filter((wait) => wait === null)).toHaveLength(max);
    expect(new Set(waits.filter((wait) => wait !== null))).toEqual(new Set([windowMs]));
  });

  test('no window of any position holds more than the limit, and the time to wait is the truth', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(windowMs / 2), { maxLength: 25 }), async (gaps) => {
        const subject = random(32);
        const granted: number[] = [];
        let nowMs = 1_000_000;
        for (const gap of gaps) {
          nowMs += gap;
          const wait = await spend(subject, nowMs);
          if (wait === null) granted.push(nowMs);
          else expect(await spend(subject, nowMs + wait - 1)).not.toBeNull();
        }
        for (const end of granted)
          expect(granted.filter((atMs) => atMs > end - windowMs && atMs <= end).length).toBeLessThanOrEqual(
            max,
          );
      }),
      { numRuns: 15 },
    );
  });

  test('what is given back may be spent again; what was never spent gives nothing', async () => {
    const subject = random(32);
    for (let count = 0; count < max; count += 1) expect(await spend(subject, count + 1)).toBeNull();
    await transact((inside) => inside.limits.giveBack(name, subject, 3));
    await transact((inside) => inside.limits.giveBack(name, subject, 77));
    expect(await spend(subject, 10)).toBeNull();
    expect(await spend(subject, 10)).toBe(windowMs + 1 - 10);
  });
});

test('a sweep drops what has ended and keeps what has not', async () => {
  const nowMs = clock.now();
  const ended = await newSession(nowMs);
  const live = await newSession(nowMs + 1);
  const full = await newSession();
  await stores.requestNonces.spend(live.id, 'old', nowMs);
  await stores.requestNonces.spend(live.id, 'new', nowMs + 1);
  await sweep(stores, nowMs);
  expect(await stores.sessions.get(ended.id)).toBeNull();
  expect(await stores.sessions.get(live.id)).not.toBeNull();
  expect(await stores.sessions.get(full.id)).not.toBeNull();
  expect(await stores.requestNonces.spend(live.id, 'new', nowMs)).toBe(false);
  expect(await stores.requestNonces.spend(live.id, 'old', nowMs)).toBe(true);
});

test('the log pages through entries of one moment without losing or repeating one', async () => {
  const { id: sessionId, account } = await newSession();
  for (let count = 0; count < 9; count += 1)
    await stores.logs.add({
      id: newUuid(random),
      account_id: account.id,
      session_id: sessionId,
      operation: 'unlock',
      outcome: 'success',
      at_ms: 1000 + Math.floor(count / 5),
      device: 'Test',
      place: null,
    });
  const scope = { accountId: account.id };
  const seen: string[] = [];
  let page = await stores.logs.list(scope, null, 2);
  while (page.length > 0) {
    seen.push(...page.map(({ id }) => id));
    page = await stores.logs.list(scope, page.at(-1) ?? null, 2);
  }
  expect(seen.length).toBe(9);
  expect(new Set(seen).size).toBe(9);
  expect(seen).toEqual((await stores.logs.list({ sessionId }, null, 100)).map(({ id }) => id));
});
