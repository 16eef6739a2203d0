import type { NodeRequest, Registration, RightPinMark } from '@hexkey/protocol';
import { nodeProofHeader } from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aRegistration } from '../testing/a-registration.ts';
import { type NodeNetwork, startNodeNetwork } from '../testing/node-network.ts';
import { type SendOptions, type TestDevice, testDevice } from '../testing/test-device.ts';

let random: ReturnType<typeof seededRandom>;
let network: NodeNetwork;
let phone: TestDevice;
let committed: Registration;
let next: Registration;

beforeEach(async () => {
  const clock = fixedClock('2030-01-01');
  random = seededRandom('right PIN');
  network = await startNodeNetwork(1, { clock, random });
  phone = testDevice(network, { clock, random });
  [committed, next] = [aRegistration(random), aRegistration(random)];
  expect(await stage(committed, null)).toBe('Ok');
  expect(await commit(committed, null)).toBe('Ok');
});
afterEach(() => network.stop());

async function outcomeOf(request: NodeRequest, options: SendOptions = {}) {
  const reply = await phone.send(request, options);
  return 'outcome' in reply ? reply.outcome : reply.refused;
}
const unnamed = Symbol('a client that knows no marks');
const named = (mark: RightPinMark | typeof unnamed) => (mark === unnamed ? {} : { rightPinMark: mark });
const stage = (registration: Registration, mark: RightPinMark | typeof unnamed) =>
  outcomeOf({
    kind: 'Stage',
    registration,
    nodeSetHash: new Uint8Array(32),
    loginKey: null,
    ...named(mark),
  });
const commit = (registration: Registration, mark: RightPinMark | typeof unnamed) =>
  outcomeOf({
    kind: 'Commit',
    version: registration.version,
    unlockKeyTag: registration.unlockKeyTag,
    ...named(mark),
  });
const surveyed = async () => {
  const reply = await phone.send({ kind: 'ListVersions' });
  if (!('outcome' in reply) || reply.kind !== 'ListVersions') throw new Error('no versions');
  return reply;
};
const heldStates = async () => (await surveyed()).versions.map(({ version, state }) => [state, version]);
const showPinOf = async ({ version, unlockKeyTag }: Registration, options: SendOptions = {}) => {
  const reply = await phone.send({ kind: 'Recover3', version, unlockKeyTag }, options);
  if (!('outcome' in reply) || reply.kind !== 'Recover3' || reply.outcome !== 'Ok')
    throw new Error('not right');
  return reply.rightPinMark;
};
const markShown = async (registration: Registration) => {
  const mark = await showPinOf(registration);
  if (!mark) throw new Error('the node told no mark');
  return mark;
};

test('a right PIN makes a new mark, which its answer and the survey tell; a wrong one none', async () => {
  expect((await surveyed()).rightPinMark).toBeNull();
  const mark = await markShown(committed);
  expect((await surveyed()).rightPinMark).toEqual(mark);
  await phone.send({ kind: 'Recover3', version: committed.version, unlockKeyTag: random(16) });
  expect((await surveyed()).rightPinMark).toEqual(mark);
  expect(await markShown(committed)).not.toEqual(mark);
});

test('an official client hears of no mark, and its right PIN makes one all the same', async () => {
  const before = await markShown(committed);
  const official = { binding: { sessionId: 's' }, headers: { [nodeProofHeader]: undefined } };
  const withVersion = { ...official.headers, 'x-juicebox-version': '0.3.7' };
  expect(await showPinOf(committed, { ...official, headers: withVersion })).toBeUndefined();
  expect(await stage(next, before)).toBe('Changed');
});

describe('what was decided before a right PIN', () => {
  test('is not staged after it', async () => {
    const before = await markShown(committed);
    const after = await markShown(committed);
    expect(await stage(next, before)).toBe('Changed');
    expect(await stage(next, null)).toBe('Changed');
    expect(await heldStates()).toEqual([['committed', committed.version]]);
    expect(await stage(next, after)).toBe('Ok');
  });

  test('is not committed after it', async () => {
    const before = await markShown(committed);
    await stage(next, before);
    const after = await markShown(next);
    expect(await commit(next, before)).toBe('Changed');
    expect(await heldStates()).toEqual([
      ['committed', committed.version],
      ['staged', next.version],
    ]);
    expect(await commit(next, after)).toBe('Ok');
  });

  test('is answered as before where it was done in time, and changes nothing', async () => {
    const before = await markShown(committed);
    await stage(next, before);
    const after = await markShown(next);
    expect(await stage(next, before)).toBe('Ok');
    await commit(next, after);
    const third = aRegistration(random);
    await stage(third, await markShown(next));
    expect(await commit(next, before)).toBe('Ok');
    expect(await stage(next, before)).toBe('Ok');
    expect(await heldStates()).toEqual([
      ['committed', next.version],
      ['staged', third.version],
    ]);
  });

  test('still costs a guess with a wrong tag', async () => {
    const before = await markShown(committed);
    await stage(next, before);
    await markShown(next);
    const wrong = { kind: 'Commit' as const, version: next.version, rightPinMark: before };
    expect(await phone.send({ ...wrong, unlockKeyTag: random(16) })).toMatchObject({
      outcome: 'BadUnlockKeyTag',
      guessesRemaining: 4,
    });
  });

  test('stays outdated when the record was deleted', async () => {
    await markShown(committed);
    expect(await outcomeOf({ kind: 'Delete' })).toBe('Ok');
    expect(await stage(next, null)).toBe('Changed');
    expect(await heldStates()).toEqual([]);
  });
});

test('a commit is no right PIN of its own: what is named before it is good after it', async () => {
  const mark = await markShown(committed);
  await stage(next, mark);
  expect(await commit(next, mark)).toBe('Ok');
  expect(await stage(aRegistration(random), mark)).toBe('Ok');
});

test('a client that names no mark stages and commits as clients before did', async () => {
  await markShown(committed);
  expect(await stage(next, unnamed)).toBe('Ok');
  await markShown(next);
  expect(await commit(next, unnamed)).toBe('Ok');
});
