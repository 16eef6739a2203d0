import {
  areVouchersGood,
  encodeNodeRequest,
  fromHex,
  type KeyPair,
  keyPairOfSeed,
  maxRequestBytes,
  type NodeRequest,
  type Registration,
  Secret,
  signHandover,
  signVoucher,
  type Vouchers,
} from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordIdOf } from '../records/record-id.ts';
import { aBlindedInput, aRegistration } from '../testing/a-registration.ts';
import { type NodeNetwork, startNodeNetwork } from '../testing/node-network.ts';
import { type Reply, type TestDevice, testDevice } from '../testing/test-device.ts';

const user = { tenant: 'hexkey', userId: 'alice' };
let clock: ReturnType<typeof fixedClock>;
let random: ReturnType<typeof seededRandom>;
let network: NodeNetwork;

/** One device, with its way to each node. */
type EveryNode = readonly TestDevice[];

beforeEach(() => {
  clock = fixedClock('2030-01-01');
  random = seededRandom('vouchers');
});
afterEach(() => network.stop());

/** @param threshold t of 2t-1 nodes */
async function start(threshold: number): Promise<void> {
  network = await startNodeNetwork(2 * threshold - 1, { clock, random });
}

const newKeys = () => keyPairOfSeed(new Secret(random(32)));
/** The same key at every node. */
function device(userId = 'alice', keys: KeyPair = newKeys()): EveryNode {
  const reused = () => keys.seed.reveal();
  return network.nodes.map((_, place) =>
    testDevice(network, { clock, random: onceThen(reused) }, userId, place),
  );
}
/** The key is the first thing a test device draws. */
function onceThen(first: () => Uint8Array<ArrayBuffer>): typeof random {
  let drawn = false;
  return (lengthBytes) => {
    if (drawn) return random(lengthBytes);
    drawn = true;
    return first();
  };
}

type Stage = Extract<NodeRequest, { kind: 'Stage' }>;
const stageOf = (registration: Registration, more: Partial<Stage> = {}): Stage => ({
  kind: 'Stage',
  registration,
  nodeSetHash: new Uint8Array(32),
  loginKey: null,
  ...more,
});
const at = (who: EveryNode, place: number) => who[place] as TestDevice;
const outcome = (reply: Reply) => ('outcome' in reply ? reply.outcome : reply.refused);
const commit = (who: TestDevice, { version, unlockKeyTag }: Registration) =>
  who.send({ kind: 'Commit', version, unlockKeyTag });

/** Stages and commits one record at some nodes. */
async function put(
  who: EveryNode,
  places: readonly number[],
  registration: Registration,
  more?: Partial<Stage>,
) {
  for (const place of places) {
    expect(outcome(await at(who, place).send(stageOf(registration, more)))).toBe('Ok');
    expect(outcome(await commit(at(who, place), registration))).toBe('Ok');
  }
}

/** Asks nodes to vouch for a device, as its client does. */
async function vouchersOf(who: EveryNode, places: readonly number[]): Promise<Vouchers> {
  const replies = await Promise.all(places.map((place) => at(who, place).send({ kind: 'Vouch' })));
  const vouched = replies.map((reply, index) => {
    if (!('outcome' in reply) || reply.kind !== 'Vouch' || reply.outcome !== 'Ok')
      throw new Error(`no voucher: ${outcome(reply)}`);
    return { ...reply, realmId: fromHex(network.nodes[places[index] as number]?.realmId ?? '') };
  });
  const [first] = vouched;
  if (first === undefined) throw new Error('nobody was asked');
  return {
    version: first.version,
    pinAuthKey: first.pinAuthKey,
    vouchers: vouched.map(({ realmId, timeMs, signature }) => ({ realmId, timeMs, signature })),
  };
}

describe('a node that missed a change', () => {
  let phone: EveryNode;
  let oldKeys: KeyPair;
  let old: Registration;
  let current: Registration;
  let fresh: Stage;

  beforeEach(async () => {
    await start(2);
    phone = device();
    oldKeys = newKeys();
    old = aRegistration(random);
    current = aRegistration(random);
    const key = { pinAuthKey: oldKeys.publicKey };
    await put(phone, [0, 1, 2], old, key);
    clock.advance(60_000);
    await put(phone, [0, 1], current, key);
    clock.advance(11 * 60_000);
    for (const place of [0, 1])
      await at(phone, place).send({
        kind: 'Recover3',
        version: current.version,
        unlockKeyTag: current.unlockKeyTag,
      });
    fresh = stageOf(aRegistration(random), key);
    expect(outcome(await at(phone, 2).send(fresh))).toBe('ProofRequired');
  });
  const heal = async (vouchers: Vouchers, by: EveryNode = phone) =>
    outcome(await at(by, 2).send({ ...fresh, vouchers }));

  test('takes the new record on the word of t others, and the device counts as proven', async () => {
    expect(await heal(await vouchersOf(phone, [0, 1]))).toBe('Ok');
    expect(outcome(await commit(at(phone, 2), fresh.registration))).toBe('Ok');
    const { version } = fresh.registration;
    expect(
      await at(phone, 2).send({ kind: 'Recover2', version, blindedInput: aBlindedInput(random) }),
    ).toMatchObject({ outcome: 'Ok', budget: { bucket: 'provenDevice' } });
    const entries = await network.nodes[2]?.store.readEntries(recordIdOf(user), {
      after: 0,
      through: 1e6,
      limit: 1e6,
    });
    expect(entries?.map(({ operation, outcome: how }) => `${operation} ${how}`).slice(-3)).toEqual([
      'vouched done',
      'commit right',
      'guess done',
    ]);
  });

  test('takes it from t-1 others in no way: not alone, not twice, not with a stranger', async () => {
    const { vouchers, ...record } = await vouchersOf(phone, [0, 1]);
    const [one] = vouchers as [Vouchers['vouchers'][number]];
    expect(await heal({ ...record, vouchers: [one] })).toBe('ProofRequired');
    expect(await heal({ ...record, vouchers: [one, one] })).toBe('ProofRequired');
    const holder = { user, deviceKey: at(phone, 0).keys.publicKey };
    const stranger = signVoucher(random(16), holder, record, clock.now(), newKeys());
    expect(await heal({ ...record, vouchers: [one, stranger] })).toBe('ProofRequired');
  });

  test('takes no forged, altered or old voucher', async () => {
    const good = await vouchersOf(phone, [0, 1]);
    const [one, two] = good.vouchers as [Vouchers['vouchers'][number], Vouchers['vouchers'][number]];
    const holder = { user, deviceKey: at(phone, 0).keys.publicKey };
    const forged = signVoucher(two.realmId, holder, good, clock.now(), newKeys());
    for (const vouchers of [
      { ...good, vouchers: [one, forged] },
      { ...good, vouchers: [one, { ...two, realmId: one.realmId }] },
      { ...good, vouchers: [one, { ...two, timeMs: two.timeMs + 1 }] },
      { ...good, version: old.version },
      { ...good, pinAuthKey: null },
    ])
      expect(await heal(vouchers)).toBe('ProofRequired');
    clock.advance(600_001);
    expect(await heal(good)).toBe('ProofRequired');
  });

  test('takes none of a clock more than five minutes ahead', async () => {
    const holder = { user, deviceKey: at(phone, 0).keys.publicKey };
    const record = { version: current.version, pinAuthKey: oldKeys.publicKey };
    const vouchersAt = (timeMs: number): Vouchers => ({
      ...record,
      vouchers: network.nodes
        .slice(0, 2)
        .map(({ realmId, logKeys }) => signVoucher(fromHex(realmId), holder, record, timeMs, logKeys)),
    });
    expect(await heal(vouchersAt(clock.now() + 300_001))).toBe('ProofRequired');
    expect(await heal(vouchersAt(clock.now() + 300_000))).toBe('Ok');
  });

  test('takes none made for another device or another account', async () => {
    const vouchers = await vouchersOf(phone, [0, 1]);
    expect(await heal(vouchers, device())).toBe('ProofRequired');
    const bob = device('bob', at(phone, 0).keys);
    await put(bob, [0, 1], aRegistration(random));
    expect(await heal(await vouchersOf(bob, [0, 1]))).toBe('ProofRequired');
  });

  test('takes none from before its own latest commit', async () => {
    const thief = device();
    for (const place of [0, 1])
      await at(thief, place).send({
        kind: 'Recover3',
        version: current.version,
        unlockKeyTag: current.unlockKeyTag,
      });
    const kept = await vouchersOf(thief, [0, 1]);
    clock.advance(1);
    expect(await heal(await vouchersOf(phone, [0, 1]))).toBe('Ok');
    await commit(at(phone, 2), fresh.registration);
    expect(
      outcome(
        await at(thief, 2).send(
          stageOf(aRegistration(random), { pinAuthKey: oldKeys.publicKey, vouchers: kept }),
        ),
      ),
    ).toBe('ProofRequired');
  });

  test('gives no voucher to a device that has not shown it the PIN, or not lately', async () => {
    expect(outcome(await at(device(), 0).send({ kind: 'Vouch' }))).toBe('ProofRequired');
    expect(outcome(await at(phone, 2).send({ kind: 'Vouch' }))).toBe('ProofRequired');
    clock.advance(600_001);
    expect(outcome(await at(phone, 0).send({ kind: 'Vouch' }))).toBe('ProofRequired');
  });
});

describe('the PIN-auth key of a record', () => {
  let phone: EveryNode;
  let keys: KeyPair;
  let nextKeys: KeyPair;
  let first: Registration;

  beforeEach(async () => {
    await start(2);
    phone = device();
    keys = newKeys();
    nextKeys = newKeys();
    first = aRegistration(random);
    await put(phone, [0, 1, 2], first, { pinAuthKey: keys.publicKey });
  });
  const stage = async (more: Partial<Stage>, place = 0) =>
    outcome(await at(phone, place).send(stageOf(aRegistration(random), more)));

  test('changes only with a handover by the one before, over this very key and account', async () => {
    const pinAuthKey = nextKeys.publicKey;
    expect(await stage({ pinAuthKey: keys.publicKey })).toBe('Ok');
    expect(await stage({ pinAuthKey })).toBe('ProofRequired');
    expect(await stage({ pinAuthKey: null })).toBe('ProofRequired');
    for (const handover of [
      signHandover(user, nextKeys, pinAuthKey),
      signHandover(user, keys, random(32)),
      signHandover({ ...user, userId: 'bob' }, keys, pinAuthKey),
    ])
      expect(await stage({ pinAuthKey, handover })).toBe('ProofRequired');
    expect(await stage({ pinAuthKey, handover: signHandover(user, keys, pinAuthKey) })).toBe('Ok');
  });

  test('is added to a record without one, and from then on kept', async () => {
    const old = device('carol');
    await put(old, [0], aRegistration(random));
    await put(old, [0], aRegistration(random), { pinAuthKey: keys.publicKey });
    expect(outcome(await at(old, 0).send(stageOf(aRegistration(random))))).toBe('ProofRequired');
  });

  test('that is new ends every other device at the node; a plain change ends none, but what they showed', async () => {
    const tablet = device();
    const prove = ({ version, unlockKeyTag }: Registration) =>
      at(tablet, 0).send({ kind: 'Recover3', version, unlockKeyTag });
    const bucket = async ({ version }: Registration) =>
      at(tablet, 0).send({ kind: 'Recover2', version, blindedInput: aBlindedInput(random) });
    await prove(first);
    const second = aRegistration(random);
    await put(phone, [0], second, { pinAuthKey: keys.publicKey });
    expect(await bucket(second)).toMatchObject({ budget: { bucket: 'provenDevice' } });
    expect(
      outcome(await at(tablet, 0).send(stageOf(aRegistration(random), { pinAuthKey: keys.publicKey }))),
    ).toBe('ProofRequired');

    await prove(second);
    const third = aRegistration(random);
    const pinAuthKey = nextKeys.publicKey;
    await put(phone, [0], third, { pinAuthKey, handover: signHandover(user, keys, pinAuthKey) });
    expect(await bucket(third)).toMatchObject({ budget: { bucket: 'newDevice' } });
  });

  test('that others know and a node missed follows from their word, both ways', async () => {
    const pinAuthKey = nextKeys.publicKey;
    const handover = signHandover(user, keys, pinAuthKey);
    await put(phone, [0, 1], aRegistration(random), { pinAuthKey, handover });
    // The secret of the first key is gone: nobody can sign a handover from it any more.
    expect(await stage({ pinAuthKey }, 2)).toBe('ProofRequired');
    expect(await stage({ pinAuthKey, vouchers: await vouchersOf(phone, [0, 1]) }, 2)).toBe('Ok');

    const last = newKeys();
    const onward = { pinAuthKey: last.publicKey, handover: signHandover(user, nextKeys, last.publicKey) };
    expect(await stage(onward, 2)).toBe('ProofRequired');
    const unsigned = { pinAuthKey: last.publicKey, vouchers: await vouchersOf(phone, [0, 1]) };
    expect(await stage(unsigned, 2)).toBe('ProofRequired');
    expect(await stage({ ...onward, vouchers: await vouchersOf(phone, [0, 1]) }, 2)).toBe('Ok');
  });

  test('is not brought back with vouchers from before it was replaced', async () => {
    const vouchers = await vouchersOf(phone, [1, 2]);
    clock.advance(1);
    const pinAuthKey = nextKeys.publicKey;
    const handover = signHandover(user, keys, pinAuthKey);
    await put(phone, [0, 1, 2], aRegistration(random), { pinAuthKey, handover });
    for (const place of [0, 1, 2])
      expect(await stage({ pinAuthKey: keys.publicKey, vouchers }, place)).toBe('ProofRequired');
  });
});

test('four vouchers of seven nodes are enough, and seven fit into a request', async () => {
  await start(4);
  const phone = device();
  const key = { pinAuthKey: newKeys().publicKey };
  await put(phone, [0, 1, 2, 3, 4, 5, 6], aRegistration(random), key);
  await put(phone, [0, 1, 2, 3], aRegistration(random), key);
  clock.advance(9 * 60_000);
  const four = await vouchersOf(phone, [0, 1, 2, 3]);
  clock.advance(2 * 60_000);
  const staged = {
    ...stageOf(aRegistration(random), { ...key, loginKey: random(32) }),
    handover: random(64),
  };
  const three = { ...four, vouchers: four.vouchers.slice(1) };
  expect(outcome(await at(phone, 6).send({ ...staged, vouchers: three }))).toBe('ProofRequired');
  expect(outcome(await at(phone, 6).send({ ...staged, vouchers: four }))).toBe('Ok');
  const seven = { ...four, vouchers: [...four.vouchers, ...three.vouchers] };
  expect(encodeNodeRequest({ ...staged, vouchers: seven }).length).toBeLessThanOrEqual(maxRequestBytes);
});

test('an empty set of vouchers is none, whatever the threshold', async () => {
  await start(1);
  const holder = { user, deviceKey: random(32) };
  const none = { version: random(16), pinAuthKey: null, vouchers: [] };
  const nodes = { threshold: 1, logKeys: new Map<string, Uint8Array>() };
  expect(areVouchersGood(nodes, holder, none, clock.now(), () => true)).toBe(false);
});
