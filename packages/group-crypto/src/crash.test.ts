import { textOf, utf8 } from '@hexkey/protocol';
import { describe, expect, test } from 'vitest';
import type { Envelope, GroupCrypto } from './group-crypto.ts';
import { openGroupCrypto } from './open-group-crypto.ts';
import { memoryGroupStore } from './store/memory-group-store.ts';
import { Killed, mortalStore } from './testing/mortal-store.ts';
import { testCredential, validateTestCredential } from './testing/test-credential.ts';
import { type TestDevice, testClock, testDevice } from './testing/test-device.ts';

const groupId = 'group-1';

/**
 * Ana and the server live; Bob is killed once. He joins, reads messages of three epochs (two of them before their commit), answers, and
 * commits. What he does is written so that each step can be done again.
 */
async function scenario(killAt: number, when: 'before' | 'after') {
  const { store, writes, revive } = mortalStore(memoryGroupStore(), killAt, when);
  const ana = await testDevice('ana.1');
  const shown = new Map<string, string>();
  const order: string[] = [];
  let restarts = 0;
  let bob: GroupCrypto | null = null;

  /** Runs to the end, starting again after a kill with nothing but the rows. */
  async function surviving<T>(work: (crypto: GroupCrypto) => Promise<T>): Promise<T> {
    try {
      bob ??= await openBob();
      return await work(bob);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      restarts += 1;
      revive();
      bob = await openBob();
      return work(bob);
    }
  }
  async function openBob(): Promise<GroupCrypto> {
    let drawn = restarts * 1_000;
    const crypto = await openGroupCrypto({
      store,
      device: { accountId: 'bob', deviceId: 'bob.1' },
      validate: validateTestCredential,
      // Never the same bytes twice, in no process.
      random: (length) => {
        drawn += 1;
        return Uint8Array.from(Buffer.from(`${drawn}`.padEnd(length, '.')).subarray(0, length));
      },
      clock: testClock,
    });
    await crypto.setCredential(testCredential('bob', 'bob.1', await crypto.signatureKey()));
    return crypto;
  }
  /** What an application does: shows what is in the inbox, once for each envelope, then takes it. */
  async function show(crypto: GroupCrypto) {
    const inbox = await crypto.inbox();
    for (const received of inbox) {
      if (shown.has(received.envelopeId)) continue;
      shown.set(
        received.envelopeId,
        received.kind === 'message' ? textOf(received.plaintext) : received.kind,
      );
      order.push(received.envelopeId);
    }
    await crypto.taken(inbox.map(({ envelopeId }) => envelopeId));
  }
  const deliver = (envelope: Envelope) =>
    surviving(async (crypto) => {
      await crypto.receive(envelope);
      await show(crypto);
    });
  const own = async (device: TestDevice, body: Uint8Array, envelopeId: string) =>
    device.crypto.receive({ envelopeId, groupId, kind: 'commit', body });

  await ana.crypto.create(groupId);
  const keyPackages = await surviving((crypto) => crypto.makeKeyPackages(1));
  const first = await ana.crypto.prepareCommit(groupId, { add: keyPackages });
  await own(ana, first.commit, 'c0');
  await deliver({ envelopeId: 'w', groupId, kind: 'welcome', body: first.welcome ?? new Uint8Array(0) });
  const say = async (id: string): Promise<Envelope> => {
    const { ciphertext } = await ana.crypto.encrypt(groupId, id, utf8(`text ${id}`));
    return { envelopeId: id, groupId, kind: 'message', body: ciphertext };
  };
  await deliver(await say('m1'));
  const second = await ana.crypto.prepareCommit(groupId, {});
  const late = await say('m2');
  await own(ana, second.commit, 'c1');
  const early = [await say('m3'), await say('m4')];
  for (const envelope of early) await deliver(envelope);
  await deliver({ envelopeId: 'c1', groupId, kind: 'commit', body: second.commit });
  await deliver(late);

  const heard: string[] = [];
  const answer = async (id: string) => {
    const { ciphertext } = await surviving((crypto) => crypto.encrypt(groupId, id, utf8(`answer ${id}`)));
    const received = await ana.crypto.receive({
      envelopeId: `a ${id}`,
      groupId,
      kind: 'message',
      body: ciphertext,
    });
    heard.push(received.kind === 'message' ? textOf(received.plaintext) : received.kind);
    await surviving((crypto) => crypto.sent(id));
  };
  await answer('1');
  const pending = await surviving(
    async (crypto) => (await crypto.pendingCommit(groupId)) ?? crypto.prepareCommit(groupId, {}),
  );
  await deliver(await say('m5'));
  expect(await own(ana, pending.commit, 'c2')).toMatchObject({ kind: 'commit', own: false });
  await deliver({ envelopeId: 'c2', groupId, kind: 'commit', body: pending.commit });
  await deliver(await say('m6'));
  await answer('2');
  return { shown, order, heard, restarts, writes: writes() };
}

const whole = await scenario(0, 'before');

describe('a device that is killed at any write', () => {
  test('has 20 or more of them in the scenario, and shows everything when nothing happens', () => {
    expect(whole.writes).toBeGreaterThan(20);
    expect([...whole.shown]).toEqual([
      ['w', 'joined'],
      ['m1', 'text m1'],
      ['c1', 'commit'],
      ['m3', 'text m3'],
      ['m4', 'text m4'],
      ['m2', 'text m2'],
      ['m5', 'text m5'],
      ['c2', 'commit'],
      ['m6', 'text m6'],
    ]);
    expect(whole.heard).toEqual(['answer 1', 'answer 2']);
  });

  test.each(['before', 'after'] as const)(
    '%s it takes effect, loses nothing, doubles nothing and goes on',
    async (when) => {
      for (let killAt = 1; killAt <= whole.writes; killAt += 1) {
        const killed = await scenario(killAt, when);
        expect(killed.restarts, `write ${killAt}`).toBe(1);
        expect(killed.order, `write ${killAt}`).toEqual(whole.order);
        expect(killed.shown, `write ${killAt}`).toEqual(whole.shown);
        expect(killed.heard, `write ${killAt}`).toEqual(whole.heard);
      }
    },
    300_000,
  );
});
