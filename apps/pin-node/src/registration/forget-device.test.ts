import { deviceKeyThumbprint, fromBase64url, type Registration } from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordIdOf } from '../records/record-id.ts';
import { aBlindedInput, aRegistration } from '../testing/a-registration.ts';
import { type NodeNetwork, startNodeNetwork } from '../testing/node-network.ts';
import { type TestDevice, testDevice } from '../testing/test-device.ts';

let clock: ReturnType<typeof fixedClock>;
let random: ReturnType<typeof seededRandom>;
let network: NodeNetwork;
let phone: TestDevice;
let tablet: TestDevice;
let first: Registration;

beforeEach(async () => {
  clock = fixedClock('2030-01-01');
  random = seededRandom('forget device');
  network = await startNodeNetwork(1, { clock, random });
  phone = testDevice(network, { clock, random });
  tablet = testDevice(network, { clock, random });
  first = aRegistration(random);
  await phone.send({
    kind: 'Stage',
    registration: first,
    nodeSetHash: new Uint8Array(32),
    loginKey: null,
  });
  await phone.send({ kind: 'Commit', version: first.version, unlockKeyTag: first.unlockKeyTag });
  await prove(tablet);
});
afterEach(() => network.stop());

const prove = (who: TestDevice) =>
  who.send({ kind: 'Recover3', version: first.version, unlockKeyTag: first.unlockKeyTag });
const guess = (who: TestDevice) =>
  who.send({ kind: 'Recover2', version: first.version, blindedInput: aBlindedInput(random) });
const forget = (who: TestDevice, ended: TestDevice) =>
  who.send({ kind: 'ForgetDevice', device: fromBase64url(deviceKeyThumbprint(ended.keys.publicKey)) });
const logged = async () =>
  (
    await network.nodes[0]?.store.readEntries(recordIdOf({ tenant: 'hexkey', userId: 'alice' }), {
      after: 0,
      through: 1e6,
      limit: 1e6,
    })
  )?.map(({ operation, outcome }) => `${operation} ${outcome}`);

describe('a device that is ended', () => {
  test('counts as new at the node and is served no more without a token', async () => {
    expect(await guess(tablet)).toMatchObject({ budget: { bucket: 'provenDevice' } });
    expect(await forget(phone, tablet)).toMatchObject({ outcome: 'Ok' });
    expect(await guess(tablet)).toMatchObject({ budget: { bucket: 'newDevice' } });
    expect(await tablet.send({ kind: 'ListVersions' }, { tokenless: true })).toMatchObject({ refused: 401 });
    expect(await guess(phone)).toMatchObject({ budget: { bucket: 'provenDevice' } });
  });

  test('may replace nothing any more, although it has just shown the right PIN', async () => {
    await forget(phone, tablet);
    const registration = aRegistration(random);
    const nodeSetHash = new Uint8Array(32);
    expect(await tablet.send({ kind: 'Stage', registration, nodeSetHash, loginKey: null })).toMatchObject({
      outcome: 'ProofRequired',
    });
  });

  test('gets no fresh guesses: its lock stays', async () => {
    for (let count = 0; count < 5; count += 1) await guess(tablet);
    await forget(phone, tablet);
    expect(await guess(tablet)).toMatchObject({ outcome: 'Locked' });
  });

  test('is ended once, with one line in the log, however often that is asked', async () => {
    await forget(phone, tablet);
    expect(await forget(phone, tablet)).toMatchObject({ outcome: 'Ok' });
    expect((await logged())?.filter((line) => line.startsWith('forget'))).toEqual(['forget done']);
  });
});

describe('nobody ends a device', () => {
  test('without the right PIN', async () => {
    const thief = testDevice(network, { clock, random });
    expect(await forget(thief, phone)).toMatchObject({ outcome: 'ProofRequired' });
    expect(await guess(phone)).toMatchObject({ budget: { bucket: 'provenDevice' } });
    expect(await logged()).toContain('forget refused');
  });

  test('with a right PIN older than ten minutes', async () => {
    clock.advance(600_001);
    expect(await forget(tablet, phone)).toMatchObject({ outcome: 'ProofRequired' });
  });
});
