import { signDeviceList, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../limits/limits.ts';
import { tellOfLostContacts } from '../recovery-contacts/tell-of-lost-contacts.ts';
import {
  befriend,
  callWithPin,
  description,
  loginByWords,
  type Person,
  personWithPin,
  phoneCode,
  registerByWords,
  secondDevice,
  wordsLogin,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { type TestDevice, testDevice } from '../testing/test-device.ts';
import { publishKey } from '../testing/test-socket.ts';
import { sweep } from './sweep.ts';

// Two instances of one server. On PostgreSQL they really run beside each other; on the embedded database their statements mix.
let one: TestApi;
let other: TestApi;
beforeAll(async () => {
  one = await startTestApi();
  other = await startTestApi({ beside: one });
});
afterAll(async () => {
  await other.close();
  await one.close();
});

/** The same device at the other instance. */
const alsoAtOther = (device: TestDevice) => testDevice(other, device.pair);
/** Both instances, turn by turn. */
const rivals = (count: number) => Array.from({ length: count }, (_, turn) => (turn % 2 === 0 ? one : other));
const countOf = (outcomes: readonly unknown[], wanted: unknown) =>
  outcomes.filter((outcome) => outcome === wanted).length;

describe('a code that both instances are given at once', () => {
  const useCode = (at: TestApi, verificationId: string, code: string) => {
    const device = testDevice(at);
    const body = { verificationId, code, deviceKey: device.publicKey, device: description };
    return device.call('registerWithPhone', { body });
  };

  test('logs exactly one device in', async () => {
    const { verificationId, code } = await phoneCode(one, testDevice(one), '+12025550101', 'register');
    const answers = await Promise.all(rivals(6).map((at) => useCode(at, verificationId, code)));
    const outcomes = answers.map(({ status, refusal }) => refusal?.name ?? status);
    expect(countOf(outcomes, 200)).toBe(1);
    expect(countOf(outcomes, 'ExpiredCode')).toBe(5);
  });

  test('gives three tries in all', async () => {
    const { verificationId, code } = await phoneCode(one, testDevice(one), '+12025550102', 'register');
    const wrong = code === '0000' ? '1111' : '0000';
    const answers = await Promise.all(rivals(8).map((at) => useCode(at, verificationId, wrong)));
    const outcomes = answers.map(({ refusal }) => refusal?.name);
    expect(countOf(outcomes, 'WrongCode')).toBe(3);
    expect(countOf(outcomes, 'ExpiredCode')).toBe(5);
  });

  test('makes one account of a number, however many codes were sent to it', async () => {
    const codes = [];
    for (const at of rivals(2)) {
      codes.push(await phoneCode(at, testDevice(at), '+12025550103', 'register'));
      one.clock.advance(61_000);
    }
    const answers = await Promise.all(
      codes.map(({ verificationId, code }, turn) => useCode(turn === 0 ? one : other, verificationId, code)),
    );
    const outcomes = answers.map(({ status, refusal }) => refusal?.name ?? status);
    expect(outcomes.sort()).toEqual([200, 'PhoneNumberInUse']);
  });
});

describe('what serves once', () => {
  test('a request that is sent to both is done once', async () => {
    const { device, session } = await registerByWords(one);
    const nonce = toBase64url(one.random(16));
    const call = (at: TestDevice) =>
      at.call('updateProfile', { as: { sessionId: session.sessionId, nonce }, body: { name: 'Twice' } });
    const answers = await Promise.all([device, alsoAtOther(device), device, alsoAtOther(device)].map(call));
    const outcomes = answers.map(({ status, refusal }) => refusal?.name ?? status);
    expect(countOf(outcomes, 'SessionEnded')).toBe(3);
  });

  test('a proof of the PIN opens one request', async () => {
    const owner = await personWithPin(one, 'Once');
    const locked = await loginByWords(one, owner.login);
    const pinAuth = await locked.device.provePin('unlockSession', locked.session, owner.pin);
    const as = { sessionId: locked.session.sessionId };
    const answers = await Promise.all(
      [locked.device, alsoAtOther(locked.device)].map((at) => at.call('unlockSession', { as, pinAuth })),
    );
    expect(answers.filter(({ refusal }) => refusal === null)).toHaveLength(1);
  });

  test('the same words register one account at both', async () => {
    const { login } = await registerByWords(one);
    const bodies = await Promise.all(
      rivals(4).map(async (at) => {
        const device = testDevice(at);
        return { device, body: await wordsLogin(device, login, 'register') };
      }),
    );
    const answers = await Promise.all(
      bodies.map(({ device, body }) => device.call('registerWithWords', { body })),
    );
    const accounts = answers.map(({ body }) => (body as { accountId: string }).accountId);
    expect(new Set(accounts).size).toBe(1);
  });
});

test('of two device lists that follow the same one, one is told that the other was faster', async () => {
  const owner = await personWithPin(one, 'Lists');
  const second = await secondDevice(one, owner);
  const aik = owner.login;
  const listOf = (deviceIds: readonly string[]) => {
    const devices = deviceIds.map((deviceId) => ({ deviceId, signatureKey: new Uint8Array(32).fill(7) }));
    const { accountId } = owner.session;
    const signed = signDeviceList(aik, { accountId, version: 1, devices, handovers: [] });
    return { replaces: 0, list: toBase64url(signed.list), signature: toBase64url(signed.signature) };
  };
  const [first, ...later] = [owner.session.sessionId, second.session.sessionId];
  const answers = await Promise.all([
    callWithPin(owner, 'putDeviceList', listOf([first])),
    callWithPin(
      { ...second, device: alsoAtOther(second.device) },
      'putDeviceList',
      listOf([first, ...later]),
    ),
  ]);
  const outcomes = answers.map(({ status, refusal }) => refusal?.name ?? status);
  expect(outcomes.sort()).toEqual([204, 'StaleDeviceList']);
});

describe('rows that go while others need them', () => {
  test('a device that is ended while both serve it is out, and never meets a fault', async () => {
    const owner = await personWithPin(one, 'Ended');
    for (let round = 0; round < 4; round += 1) {
      const leaving = await secondDevice(one, owner);
      const as = { sessionId: leaving.session.sessionId };
      const busy = [leaving.device, alsoAtOther(leaving.device)].flatMap((at) =>
        [1, 2, 3].map((turn) => at.call('updateProfile', { as, body: { name: `Turn ${turn}` } })),
      );
      const ended = callWithPin(owner, 'endDevice', { sessionId: as.sessionId });
      const outcomes = (await Promise.all([...busy, ended])).map(({ status }) => status);
      expect(outcomes.filter((status) => status >= 500)).toEqual([]);
    }
  });

  test('a login that is to be told to a device which is being ended is not lost', async () => {
    const owner = await personWithPin(one, 'Told');
    for (let round = 0; round < 4; round += 1) {
      const leaving = await secondDevice(one, owner);
      await publishKey(leaving);
      const [ended, ...logins] = await Promise.all([
        callWithPin(owner, 'endDevice', { sessionId: leaving.session.sessionId }),
        ...rivals(4).map((at): Promise<Person> => loginByWords(at, owner.login)),
      ]);
      expect(ended.status).toBe(204);
      for (const { session } of logins) expect(session).toMatchObject({ state: 'locked' });
    }
  });

  test('a limit holds while both sweep', async () => {
    const name = 'phoneCodesPerNumber';
    const { max, windowMs } = limits[name];
    for (let round = 1; round < 6; round += 1) {
      const subject = one.random(32);
      const nowMs = round * 10 * windowMs;
      await one.deps.transact((stores) => stores.limits.spend(name, subject, nowMs - 2 * windowMs));
      const spent = rivals(max + 6).map((at) =>
        at.deps.transact((stores) => stores.limits.spend(name, subject, nowMs)),
      );
      const [waits] = await Promise.all([
        Promise.all(spent),
        ...rivals(4).map(({ deps }) => sweep(deps.stores, nowMs - windowMs)),
      ]);
      expect(countOf(waits, null)).toBe(max);
    }
  });
});

test('a recovery contact that was lost is told once, though every instance sweeps', async () => {
  const owner = await personWithPin(one, 'Owner');
  const contact = await personWithPin(one, 'Contact');
  await befriend(one, owner, contact);
  await one.deps.stores.recoveryContacts.replace({
    owner_id: owner.session.accountId,
    contact_id: contact.session.accountId,
    set_at_ms: one.clock.now(),
    loss_told_at_ms: null,
  });
  await publishKey(owner);
  await one.markDeleted(contact.session.accountId);
  await Promise.all(rivals(4).map(({ deps }) => deps.transact((stores) => tellOfLostContacts(deps, stores))));
  expect(await one.waitingFor(owner.session.sessionId)).toBe(1);
});
