import type { NodeRequest, Registration } from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aRegistration } from '../testing/a-registration.ts';
import { type NodeNetwork, startNodeNetwork } from '../testing/node-network.ts';
import { type TestDevice, testDevice } from '../testing/test-device.ts';

type Replaces = NonNullable<Extract<NodeRequest, { kind: 'Stage' }>['replaces']>;

let random: ReturnType<typeof seededRandom>;
let network: NodeNetwork;
let phone: TestDevice;
let committed: Registration;
const nothing: Replaces = { committed: null, staged: null };

beforeEach(async () => {
  const clock = fixedClock('2030-01-01');
  random = seededRandom('stage');
  network = await startNodeNetwork(1, { clock, random });
  phone = testDevice(network, { clock, random });
  committed = aRegistration(random);
  expect(await stage(committed, nothing)).toBe('Ok');
  await commit(committed);
});
afterEach(() => network.stop());

async function stage(registration: Registration, replaces?: Replaces, who = phone) {
  const terms = { registration, nodeSetHash: new Uint8Array(32), loginKey: null };
  const reply = await who.send({ kind: 'Stage', ...terms, ...(replaces && { replaces }) });
  return 'outcome' in reply ? reply.outcome : reply.refused;
}
const commit = ({ version, unlockKeyTag }: Registration) =>
  phone.send({ kind: 'Commit', version, unlockKeyTag });
const over = (staged: Registration | null): Replaces => ({
  committed: committed.version,
  staged: staged?.version ?? null,
});
const heldStates = async () => {
  const reply = await phone.send({ kind: 'ListVersions' });
  if (!('outcome' in reply) || reply.kind !== 'ListVersions') throw new Error('no versions');
  return reply.versions.map(({ version, state }) => [state, version]);
};

describe('a Stage that names what it replaces', () => {
  test('is taken over just that, and its repeat too, also after its commit', async () => {
    const next = aRegistration(random);
    expect(await stage(next, over(null))).toBe('Ok');
    expect(await stage(next, over(null))).toBe('Ok');
    await commit(next);
    expect(await stage(next, over(null))).toBe('Ok');
    expect(await heldStates()).toEqual([['committed', next.version]]);
  });

  test('leaves a version alone that was staged since', async () => {
    const late = aRegistration(random);
    const newer = aRegistration(random);
    await stage(newer, over(null));
    expect(await stage(late, over(null))).toBe('Changed');
    expect(await stage(late, over(late))).toBe('Changed');
    expect(await heldStates()).toEqual([
      ['committed', committed.version],
      ['staged', newer.version],
    ]);
    expect(await stage(late, over(newer))).toBe('Ok');
  });

  test('puts nothing beside a version that was committed since', async () => {
    const newer = aRegistration(random);
    await stage(newer, over(null));
    await commit(newer);
    expect(await stage(aRegistration(random), over(null))).toBe('Changed');
    expect(await stage(aRegistration(random), nothing)).toBe('Changed');
    expect(await heldStates()).toEqual([['committed', newer.version]]);
  });

  test('needs the right PIN all the same', async () => {
    const thief = testDevice(network, { clock: fixedClock('2030-01-01'), random });
    expect(await stage(aRegistration(random), over(null), thief)).toBe('ProofRequired');
  });
});

test('a Stage that names nothing replaces what is staged, as clients before did', async () => {
  await stage(aRegistration(random));
  expect(await stage(aRegistration(random))).toBe('Ok');
});
