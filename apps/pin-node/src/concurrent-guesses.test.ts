import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { sodiumGroup } from './evaluation/sodium-group.ts';
import { memoryStore } from './records/memory-store.ts';
import type { PinStore } from './records/pin-store.ts';
import { sqliteStore } from './records/sqlite-store.ts';
import { aBlindedInput, aRegistration } from './testing/a-registration.ts';
import { startNodeNetwork } from './testing/node-network.ts';
import { testDevice } from './testing/test-device.ts';

const clock = fixedClock('2030-01-01');
const nodeSetHash = new Uint8Array(32);

/**
 * A store on which, once armed, so many readers wait for each other: all of them decide on the same revision, and
 * only compare-and-swap keeps them apart.
 */
function withRivals(store: PinStore, rivals: number): PinStore & { arm(): void } {
  let armed = false;
  let waiting: (() => void)[] = [];
  return {
    ...store,
    arm: () => {
      armed = true;
    },
    read: async (recordId) => {
      const stored = await store.read(recordId);
      if (!armed) return stored;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length < rivals) return;
        armed = false;
        for (const go of waiting) go();
        waiting = [];
      });
      return stored;
    },
  };
}

async function withStore(
  run: (store: ReturnType<typeof withRivals>) => Promise<void>,
  kind: 'memory' | 'SQLite',
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hexkey-concurrent-'));
  await run(withRivals(kind === 'memory' ? memoryStore() : sqliteStore(folder), 60));
  rmSync(folder, { recursive: true });
}

test.each(['memory', 'SQLite'] as const)(
  '50 guesses at once over many connections are granted exactly to the limit (%s)',
  (kind) =>
    withStore(async (store) => {
      const random = seededRandom('concurrent guesses');
      const network = await startNodeNetwork(1, { clock, random, store });
      const owner = testDevice(network, { clock, random });
      const registration = aRegistration(random);
      const { version, unlockKeyTag } = registration;
      await owner.send({ kind: 'Stage', registration, nodeSetHash, loginKey: null });
      await owner.send({ kind: 'Commit', version, unlockKeyTag });
      const strangers = Array.from({ length: 5 }, () => testDevice(network, { clock, random }));
      const guess = (device: typeof owner) => {
        const blindedInput = aBlindedInput(random);
        return device.send({ kind: 'Recover2', version, blindedInput });
      };

      store.arm();
      const ownerReplies = Promise.all(Array.from({ length: 50 }, () => guess(owner)));
      const strangerReplies = Promise.all(
        strangers.flatMap((device) => Array.from({ length: 10 }, () => guess(device))),
      );
      const granted = async (replies: typeof ownerReplies) =>
        (await replies).filter((reply) => 'outcome' in reply && reply.outcome === 'Ok').length;
      const locked = async (replies: typeof ownerReplies) =>
        (await replies).filter((reply) => 'outcome' in reply && reply.outcome === 'Locked').length;
      expect([await granted(ownerReplies), await locked(ownerReplies)]).toEqual([5, 45]);
      expect([await granted(strangerReplies), await locked(strangerReplies)]).toEqual([10, 40]);
      await network.stop();
    }, kind),
);

test('the spend is durable before the evaluation starts: a fault in between loses the guess, never gives one', async () => {
  const random = seededRandom('spend first');
  const store = memoryStore();
  const group = await sodiumGroup();
  const order: string[] = [];
  const network = await startNodeNetwork(1, {
    clock,
    random,
    store: {
      ...store,
      replace: async (...write) => {
        const written = await store.replace(...write);
        order.push('stored');
        return written;
      },
    },
    groupOperations: {
      ...group,
      evaluate: () => {
        order.push('evaluated');
        throw new Error('curve fault');
      },
    },
  });
  const device = testDevice(network, { clock, random });
  const registration = aRegistration(random);
  await device.send({ kind: 'Stage', registration, nodeSetHash, loginKey: null });
  order.length = 0;
  const guess = () =>
    device.send({ kind: 'Recover2', version: registration.version, blindedInput: aBlindedInput(random) });
  for (let count = 0; count < 10; count += 1)
    expect(await guess()).toMatchObject({ refused: 500, text: 'internal error\n' });
  expect(order).toEqual(Array.from({ length: 10 }, () => ['stored', 'evaluated']).flat());
  expect(await guess()).toMatchObject({ outcome: 'Locked' });
  await network.stop();
});

test('a store that cannot write gives no evaluation', async () => {
  const random = seededRandom('no write');
  const store = memoryStore();
  let broken = false;
  let evaluations = 0;
  const group = await sodiumGroup();
  const network = await startNodeNetwork(1, {
    clock,
    random,
    store: {
      ...store,
      replace: async (...write) => (broken ? false : store.replace(...write)),
    },
    groupOperations: {
      ...group,
      evaluate: (input) => {
        evaluations += 1;
        return group.evaluate(input);
      },
    },
  });
  const device = testDevice(network, { clock, random });
  const registration = aRegistration(random);
  await device.send({ kind: 'Stage', registration, nodeSetHash, loginKey: null });
  broken = true;
  const reply = await device.send({
    kind: 'Recover2',
    version: registration.version,
    blindedInput: aBlindedInput(random),
  });
  expect(reply).toMatchObject({ refused: 503, retryAfter: '1' });
  expect(evaluations).toBe(0);
  await network.stop();
});
