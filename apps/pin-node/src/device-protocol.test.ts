import {
  encodeNodeRequest,
  formatLoginProof,
  type KeyPair,
  keyPairOfSeed,
  type NodeAnswer,
  type Registration,
  Secret,
  signEd25519,
} from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aBlindedInput, aRegistration } from './testing/a-registration.ts';
import { type NodeNetwork, startNodeNetwork } from './testing/node-network.ts';
import { type Reply, type SendOptions, type TestDevice, testDevice } from './testing/test-device.ts';

const dayMs = 24 * 3_600_000;
const nodeSetHash = new Uint8Array(32).fill(9);
let clock: ReturnType<typeof fixedClock>;
let random: ReturnType<typeof seededRandom>;
let network: NodeNetwork;
let phone: TestDevice;
let loginKeys: KeyPair;
let first: Registration;

beforeEach(async () => {
  clock = fixedClock('2030-01-01');
  random = seededRandom('device protocol');
  network = await startNodeNetwork(1, { clock, random });
  phone = device();
  loginKeys = keyPairOfSeed(new Secret(random(32)));
  first = aRegistration(random);
});
afterEach(() => network.stop());

const device = () => testDevice(network, { clock, random });
const stage = (who: TestDevice, registration: Registration) =>
  who.send({ kind: 'Stage', registration, nodeSetHash, loginKey: loginKeys.publicKey });
const commit = (who: TestDevice, { version, unlockKeyTag }: Registration) =>
  who.send({ kind: 'Commit', version, unlockKeyTag });
const guess = (who: TestDevice, { version }: Registration, options?: SendOptions) =>
  who.send({ kind: 'Recover2', version, blindedInput: aBlindedInput(random) }, options);
const prove = (who: TestDevice, { version, unlockKeyTag }: Registration, options?: SendOptions) =>
  who.send({ kind: 'Recover3', version, unlockKeyTag }, options);
/** As an official client with the owner's account would. */
function sendAsSession(body: Uint8Array): Promise<Response> {
  const { realmId, address } = network.nodes[0] as NodeNetwork['nodes'][number];
  return fetch(`${address}req`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${network.token(realmId, 'alice', { sessionId: 's' })}`,
      'x-juicebox-version': '0.3.7',
    },
    body: Uint8Array.from(body),
  });
}
const outcome = (reply: Reply) => ('outcome' in reply ? reply.outcome : reply.refused);
async function setFirst(): Promise<void> {
  expect(outcome(await stage(phone, first))).toBe('Ok');
  expect(outcome(await commit(phone, first))).toBe('Ok');
}

describe('a first PIN', () => {
  test('is staged, listed, committed and found', async () => {
    expect(await phone.send({ kind: 'ListVersions' })).toMatchObject({ versions: [] });
    await stage(phone, first);
    expect(await phone.send({ kind: 'ListVersions' })).toMatchObject({
      versions: [{ version: first.version, state: 'staged', nodeSetHash }],
    });
    expect(outcome(await phone.send({ kind: 'Recover1' }))).toBe('NotRegistered');
    await commit(phone, first);
    expect(await phone.send({ kind: 'ListVersions' })).toMatchObject({
      versions: [{ version: first.version, state: 'committed', nodeSetHash }],
    });
    expect(await phone.send({ kind: 'Recover1' })).toEqual({
      kind: 'Recover1',
      outcome: 'Ok',
      version: first.version,
    });
  });

  test('that was never committed is replaceable, by another device too', async () => {
    await stage(phone, first);
    const second = aRegistration(random);
    expect(outcome(await stage(device(), second))).toBe('Ok');
    expect(outcome(await commit(phone, first))).toBe('VersionMismatch');
    expect(outcome(await commit(phone, second))).toBe('Ok');
  });

  test('staged and proven by a stranger leaves the stranger unproven once the owner stages', async () => {
    const stranger = device();
    const theirs = aRegistration(random);
    await stage(stranger, theirs);
    await prove(stranger, theirs);
    await setFirst();
    expect(outcome(await stage(stranger, theirs))).toBe('ProofRequired');
    expect(await guess(stranger, first)).toMatchObject({ budget: { bucket: 'newDevice' } });
  });

  test('commits again and stages again as often as an answer is lost', async () => {
    await setFirst();
    expect(outcome(await commit(phone, first))).toBe('Ok');
    expect(outcome(await stage(phone, first))).toBe('Ok');
    expect(outcome(await stage(device(), { ...first, encryptedSecret: random(145) }))).toBe(400);
  });

  test('can be tried while staged, from the same budget', async () => {
    await stage(phone, first);
    expect(await guess(phone, first)).toMatchObject({ outcome: 'Ok', guessCount: 1, numGuesses: 10 });
    expect(outcome(await prove(phone, first))).toBe('Ok');
    expect(await guess(phone, first)).toMatchObject({
      outcome: 'Ok',
      budget: { bucket: 'provenDevice', limit: 5, spent: 1, lockedUntilMs: null },
    });
  });
});

describe('a changed PIN', () => {
  test('needs the old one, shown by the same device within ten minutes', async () => {
    await setFirst();
    const second = aRegistration(random);
    const tablet = device();
    expect(outcome(await stage(tablet, second))).toBe('ProofRequired');
    await prove(tablet, first);
    clock.advance(600_001);
    expect(outcome(await stage(tablet, second))).toBe('ProofRequired');
    await prove(tablet, first);
    expect(outcome(await stage(tablet, second))).toBe('Ok');
    expect(outcome(await commit(device(), second))).toBe('ProofRequired');
  });

  test('serves both versions from one budget until it is committed, then only the new one', async () => {
    await setFirst();
    const second = aRegistration(random);
    await stage(phone, second);
    expect(await guess(phone, first)).toMatchObject({ guessCount: 1 });
    expect(await guess(phone, second)).toMatchObject({ guessCount: 2 });
    expect(outcome(await commit(phone, second))).toBe('Ok');
    expect(outcome(await guess(phone, first))).toBe('VersionMismatch');
    expect(await guess(phone, second)).toMatchObject({ outcome: 'Ok', guessCount: 1 });
  });

  test('is not committed by a wrong tag, which costs a guess each time, and one for its repeat', async () => {
    await setFirst();
    const second = aRegistration(random);
    await stage(phone, second);
    const wrong = { ...second, unlockKeyTag: random(16) };
    expect(await commit(phone, wrong)).toMatchObject({ outcome: 'BadUnlockKeyTag', guessesRemaining: 4 });
    expect(await commit(phone, wrong)).toMatchObject({ guessesRemaining: 4 });
    for (let left = 3; left >= 0; left -= 1)
      expect(await commit(phone, { ...second, unlockKeyTag: random(16) })).toMatchObject({
        guessesRemaining: left,
      });
    expect(await commit(phone, { ...second, unlockKeyTag: random(16) })).toMatchObject({
      guessesRemaining: 0,
    });
    expect(await guess(phone, second)).toMatchObject({ outcome: 'Locked', bucket: 'provenDevice' });
  });
});

describe('buckets', () => {
  test('a proven device has five guesses, then is told how long to wait; a repeat of the fifth is answered', async () => {
    await setFirst();
    const blindedInput = aBlindedInput(random);
    for (let spent = 1; spent <= 4; spent += 1)
      expect(await guess(phone, first)).toMatchObject({ guessCount: spent });
    const fifth = { kind: 'Recover2', version: first.version, blindedInput } as const;
    const answer = (await phone.send(fifth)) as Extract<NodeAnswer, { outcome: 'Ok'; kind: 'Recover2' }>;
    expect(answer.budget).toEqual({
      bucket: 'provenDevice',
      limit: 5,
      spent: 5,
      lockedUntilMs: clock.now() + dayMs,
    });
    clock.advance(30_000);
    expect(await phone.send(fifth)).toMatchObject({ outcome: 'Ok', blindedResult: answer.blindedResult });
    expect(await guess(phone, first)).toEqual({
      kind: 'Recover2',
      outcome: 'Locked',
      bucket: 'provenDevice',
      retryAfterMs: dayMs - 30_000,
    });
    expect(outcome(await prove(phone, first))).toBe('Ok');
    expect(await guess(phone, first)).toMatchObject({ guessCount: 1 });
  });

  test('the words have a budget of their own, for the registered login key only', async () => {
    await setFirst();
    const thief = device();
    for (let spent = 1; spent <= 10; spent += 1) await guess(thief, first);
    expect(await guess(device(), first)).toMatchObject({ outcome: 'Locked', bucket: 'newDevice' });
    expect(await guess(device(), first, { loginKeys })).toMatchObject({
      outcome: 'Ok',
      budget: { bucket: 'words', limit: 10, spent: 1 },
    });
    const others = keyPairOfSeed(new Secret(random(32)));
    expect(await guess(device(), first, { loginKeys: others })).toMatchObject({ bucket: 'newDevice' });
  });

  test('a tenant has a cap on guesses of new devices; a refused one costs the account nothing', async () => {
    await network.stop();
    network = await startNodeNetwork(1, { clock, random }, undefined, 3);
    phone = device();
    await setFirst();
    const thief = device();
    for (let count = 0; count < 3; count += 1) await guess(thief, first);
    expect(await guess(thief, first)).toMatchObject({ refused: 429, retryAfter: '3600' });
    expect(outcome(await guess(phone, first))).toBe('Ok');
    clock.advance(3_600_000);
    expect(await guess(thief, first)).toMatchObject({ budget: { spent: 4 } });
  });
});

describe('who is served', () => {
  test('an enrolled device needs no token; any other does', async () => {
    await setFirst();
    expect(outcome(await guess(phone, first, { tokenless: true }))).toBe('Ok');
    expect(await guess(device(), first, { tokenless: true })).toMatchObject({ refused: 401 });
  });

  test('a session token neither replaces nor erases what a device made, nor counts as proven', async () => {
    await setFirst();
    const { version, unlockKeyTag } = first;
    expect((await sendAsSession(encodeNodeRequest({ kind: 'Recover3', version, unlockKeyTag }))).status).toBe(
      200,
    );
    for (const request of [
      { kind: 'Delete' },
      { kind: 'Register2', registration: aRegistration(random) },
    ] as const)
      expect((await sendAsSession(encodeNodeRequest(request))).status).toBe(403);
    for (const request of [
      { kind: 'ListVersions' },
      { kind: 'Commit', version, unlockKeyTag },
      { kind: 'Stage', registration: first, nodeSetHash, loginKey: null },
    ] as const)
      expect((await sendAsSession(encodeNodeRequest(request))).status).toBe(401);
    expect(outcome(await phone.send({ kind: 'Recover1' }))).toBe('Ok');
  });

  test('a session token does not replace or erase what a device has only staged', async () => {
    await stage(phone, first);
    for (const request of [
      { kind: 'Delete' },
      { kind: 'Register2', registration: aRegistration(random) },
    ] as const)
      expect((await sendAsSession(encodeNodeRequest(request))).status).toBe(403);
    expect(outcome(await commit(phone, first))).toBe('Ok');
  });

  test.each<[string, () => SendOptions | Promise<SendOptions>]>([
    ['no proof', () => ({ headers: { 'x-hexkey-proof': undefined, 'x-juicebox-version': '0.3.7' } })],
    ['a damaged proof', () => ({ headers: { 'x-hexkey-proof': 'v1;x' } })],
    ['no token and no user', () => ({ headers: { authorization: undefined } })],
    ['another scheme', () => ({ headers: { authorization: 'Basic YQ==' } })],
    ['a body that was not signed', () => ({ body: new Uint8Array([0x60]) })],
    ['a time six minutes ago', () => ({ timeMs: clock.now() - 360_000 })],
    ['a time six minutes ahead', () => ({ timeMs: clock.now() + 360_000 })],
    ['the token of another device', () => ({ binding: { deviceKey: device().keys.publicKey } })],
    [
      'a proof under a session token',
      () => ({ binding: { sessionId: 's' }, headers: { 'x-juicebox-version': '0.3.7' } }),
    ],
    [
      'a login proof that does not hold',
      () => ({
        headers: {
          'x-hexkey-login-proof': formatLoginProof({
            loginKey: loginKeys.publicKey,
            signature: signEd25519(loginKeys, random(32)),
          }),
        },
      }),
    ],
    [
      'the token of another account',
      () => ({
        headers: {
          authorization: `Bearer ${network.token(network.nodes[0]?.realmId ?? '', 'bob', {
            deviceKey: phone.keys.publicKey,
          })}`,
        },
      }),
    ],
  ])('%s is refused with 401 and spends nothing', async (_, options) => {
    await setFirst();
    expect(await guess(phone, first, await options())).toMatchObject({ refused: 401 });
    expect(await guess(phone, first)).toMatchObject({ guessCount: 1 });
  });

  test('a proof serves once', async () => {
    await setFirst();
    const nonce = random(16);
    expect(outcome(await prove(phone, first, { nonce }))).toBe('Ok');
    expect(await prove(phone, first, { nonce })).toMatchObject({ refused: 401 });
  });
});

test('a delete by a proven device erases both versions and leaves no enrolment', async () => {
  await setFirst();
  await stage(phone, aRegistration(random));
  expect(outcome(await phone.send({ kind: 'Delete' }))).toBe('Ok');
  expect(await phone.send({ kind: 'ListVersions' })).toMatchObject({ versions: [] });
  expect(await guess(phone, first, { tokenless: true })).toMatchObject({ refused: 401 });
});
