import { decodeNodeRequest, Secret, toHex } from '@hexkey/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { heldNow, type TestDevice, testDevice } from '../testing/test-channel.ts';
import { faultyFetch, noProgress, pinOf } from '../testing/test-client.ts';
import { commitRecord } from './commit-record.ts';
import { recoverGuardedSecret } from './recover-guarded-secret.ts';
import { stageRecord } from './stage-record.ts';

// A database and nodes of their own start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(3);
});
afterAll(() => network.stop());

const pin = pinOf('271828');
const wrong = pinOf('314159');
const secret = new Secret(new Uint8Array(32).fill(9));
let accounts = 0;

/** An account with a committed PIN, and the device that set it behind a network that can fail. */
async function deviceWithPin() {
  accounts += 1;
  const accountId = `8d0c2f36-6b1c-4c55-9d57-${String(accounts).padStart(12, '0')}`;
  const faults = faultyFetch();
  const endTime: (() => void)[] = [];
  const timeout = () => {
    const controller = new AbortController();
    endTime.push(() => controller.abort(new DOMException('time is over', 'TimeoutError')));
    return controller.signal;
  };
  const device = await testDevice(network, accountId, { fetch: faults.fetch, timeout });
  const record = { pin, secret, loginKey: device.signer.publicKey };
  await commitRecord(device.channel, await stageRecord(device, record, await heldNow(device), noProgress));
  faults.requests.length = 0;
  return { accountId, device, faults, endTime: () => endTime.splice(0).map((end) => end()) };
}

const recover = (device: TestDevice, digits = pin) => recoverGuardedSecret(device, digits, noProgress);
const asked = ({ requests }: ReturnType<typeof faultyFetch>, kind: string, node: number) =>
  requests.filter(
    ({ url, body }) => url.startsWith(network.addressOf(node)) && decodeNodeRequest(body).kind === kind,
  );

/** Waits until something is so, without a fixed delay. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('recovering the secret', () => {
  test('two dead nodes of five do not matter, three do and cost nothing', async () => {
    const { device, faults } = await deviceWithPin();
    faults.dead.add(network.addressOf(0)).add(network.addressOf(1));
    expect((await recover(device)).secret.reveal()).toEqual(secret.reveal());
    faults.dead.add(network.addressOf(2));
    await expect(recover(device)).rejects.toMatchObject({
      name: 'NodesUnavailable',
      details: { reachable: 2, needed: 3 },
    });
    await device.settled();
    faults.dead.clear();
    await expect(recover(device, wrong)).rejects.toMatchObject({ details: { attemptsLeft: 4 } });
  });

  test('a node that is silent from the start holds nothing up', async () => {
    const { device, faults } = await deviceWithPin();
    faults.silent.add(network.addressOf(4));
    expect((await recover(device)).secret.reveal()).toEqual(secret.reveal());
  });

  test('a node that falls silent over the guess is still told that it was right', async () => {
    const { device, faults, endTime } = await deviceWithPin();
    const slow = network.addressOf(4);
    // It answers the survey and then takes the guess without a word.
    const honest = device.channel.ask;
    Object.assign(device.channel, {
      ask: (realmId: string, request: { kind: string }) => {
        const address = network.set.nodeSet.nodes.find((node) => node.realmId === realmId)?.address;
        if (address === slow && request.kind === 'Recover2') faults.silent.add(slow);
        return honest(realmId, request as never);
      },
    });
    // The other nodes hold until the slow one has been asked too.
    expect((await recover(device)).secret.reveal()).toEqual(secret.reveal());
    await until(() => asked(faults, 'Recover3', 0).length > 0);
    const sentToSlow = asked(faults, 'Recover2', 4).length;
    faults.silent.clear();
    endTime();
    await device.settled();
    expect(asked(faults, 'Recover3', 4)).toHaveLength(sentToSlow);
  });

  test('a guess goes out once, and once more, the same, only after a transport failure', async () => {
    const { device, faults } = await deviceWithPin();
    await recover(device);
    await device.settled();
    for (const node of [0, 1, 2]) expect(asked(faults, 'Recover2', node).length).toBeLessThanOrEqual(1);

    faults.requests.length = 0;
    const honest = device.channel.ask;
    const broken = network.set.nodeSet.nodes[0]?.realmId;
    Object.assign(device.channel, {
      ask: async (realmId: string, request: { kind: string }) => {
        const reply = await honest(realmId, request as never);
        const lost = realmId === broken && request.kind === 'Recover2';
        return lost ? { ok: false, failure: 'unreachable', retryAfterMs: null } : reply;
      },
    });
    await expect(recover(device, wrong)).rejects.toMatchObject({ details: { attemptsLeft: 4 } });
    await device.settled();
    const [first, second, ...more] = asked(faults, 'Recover2', 0).map(({ body }) => toHex(body));
    expect(first).toBe(second);
    expect(more).toEqual([]);
  });

  test('a retry within a minute is the same guess, a later one is another', async () => {
    const { device, faults } = await deviceWithPin();
    const guesses = () => new Set(asked(faults, 'Recover2', 0).map(({ body }) => toHex(body)));
    const honest = device.channel.ask;
    const lossy = network.set.nodeSet.nodes.slice(0, 3).map(({ realmId }) => realmId);
    // Three nodes count the guess, and their answers are lost.
    Object.assign(device.channel, {
      ask: async (realmId: string, request: { kind: string }) => {
        const reply = await honest(realmId, request as never);
        const lost = lossy.includes(realmId) && request.kind === 'Recover2';
        return lost ? { ok: false, failure: 'silent', retryAfterMs: null } : reply;
      },
    });
    await expect(recover(device, wrong)).rejects.toMatchObject({ name: 'NodesUnavailable' });
    await device.settled();
    // Time that ran out is not repeated by itself.
    expect(asked(faults, 'Recover2', 0)).toHaveLength(1);
    network.clock.advance(59_000);
    Object.assign(device.channel, { ask: honest });
    await expect(recover(device, wrong)).rejects.toMatchObject({ details: { attemptsLeft: 4 } });
    expect(guesses().size).toBe(1);
    await expect(recover(device, wrong)).rejects.toMatchObject({ details: { attemptsLeft: 3 } });
    expect(guesses().size).toBe(2);
  });

  test('nodes that know nobody are a missing record, never a reason for a new PIN', async () => {
    const device = await testDevice(network, '8d0c2f36-6b1c-4c55-9d57-ffffffffffff');
    await expect(recover(device)).rejects.toMatchObject({ name: 'PinRecordMissing' });
  });

  test('a record made for another node set stops the client before any guess', async () => {
    const { device, faults } = await deviceWithPin();
    const { set } = device.channel;
    Object.assign(device.channel, { set: { ...set, hash: new Uint8Array(32) } });
    await expect(recover(device)).rejects.toMatchObject({ name: 'NodeSetMismatch' });
    expect(asked(faults, 'Recover2', 0)).toEqual([]);
  });

  test('two nodes that name another node set are left out', async () => {
    const { device } = await deviceWithPin();
    const honest = device.channel.ask;
    const liars = network.set.nodeSet.nodes.slice(0, 2).map(({ realmId }) => realmId);
    Object.assign(device.channel, {
      ask: async (realmId: string, request: { kind: string }) => {
        const reply = await honest(realmId, request as never);
        if (request.kind !== 'ListVersions' || !liars.includes(realmId) || !reply.ok) return reply;
        const { versions } = reply.answer as unknown as { versions: object[] };
        const strange = versions.map((held) => ({ ...held, nodeSetHash: new Uint8Array(32) }));
        return { ok: true, answer: { ...(reply.answer as object), versions: strange } };
      },
    });
    expect((await recover(device)).secret.reveal()).toEqual(secret.reveal());
  });

  test('two nodes that answer with noise are left out', async () => {
    const { device } = await deviceWithPin();
    const honest = device.channel.ask;
    const liars = network.set.nodeSet.nodes.slice(0, 2).map(({ realmId }) => realmId);
    Object.assign(device.channel, {
      ask: async (realmId: string, request: { kind: string }) => {
        const reply = await honest(realmId, request as never);
        if (!liars.includes(realmId) || !reply.ok) return reply;
        const noise = {
          blindedResult: new Uint8Array(32).fill(1),
          encryptionKeyScalarShare: new Uint8Array(32),
        };
        return { ok: true, answer: { ...(reply.answer as object), ...noise } };
      },
    });
    expect((await recover(device)).secret.reveal()).toEqual(secret.reveal());
    await expect(recover(device, wrong)).rejects.toMatchObject({ name: 'WrongPin' });
  });
});
