import { utf8 } from '@hexkey/protocol';
import { describe, expect, test } from 'vitest';
import type { ValidateCredential } from './group-crypto.ts';
import { memoryGroupStore } from './store/memory-group-store.ts';
import { validateTestCredential } from './testing/test-credential.ts';
import { testClock, testDevice, testGroup } from './testing/test-device.ts';

const groupId = 'group-1';

/** Refuses the credentials of one device, as everybody but that device would. */
const without =
  (deviceId: string): ValidateCredential =>
  async (identity, signatureKey) => {
    const device = await validateTestCredential(identity, signatureKey);
    return device?.deviceId === deviceId ? null : device;
  };

/** A device that believes everything, to make what others must refuse. */
const credulous: ValidateCredential = async (identity, signatureKey) =>
  (await validateTestCredential(identity, signatureKey)) ?? {
    accountId: 'ghost',
    deviceId: 'ghost.1',
    accountKey: new Uint8Array(32),
  };

describe('a credential that is not valid', () => {
  test('is not added', async () => {
    const ana = await testDevice('ana.1');
    const eve = await testDevice('eve.1');
    await eve.crypto.setCredential(new Uint8Array([0xa0]));
    await ana.crypto.create(groupId);
    const add = await eve.crypto.makeKeyPackages(1);
    await expect(ana.crypto.prepareCommit(groupId, { add })).rejects.toMatchObject({
      reason: 'refused-credential',
    });
    expect(await ana.crypto.pendingCommit(groupId)).toBe(null);
  });

  test('signed for another key is not added', async () => {
    const ana = await testDevice('ana.1');
    const bob = await testDevice('bob.1');
    const thief = await testDevice('bob.2');
    await ana.crypto.create(groupId);
    const first = await ana.crypto.prepareCommit(groupId, { add: await bob.crypto.makeKeyPackages(1) });
    await ana.crypto.receive({ envelopeId: 'e1', groupId, kind: 'commit', body: first.commit });
    const stolen = (await ana.crypto.members(groupId))[1]?.identity ?? new Uint8Array(0);
    await thief.crypto.setCredential(stolen);
    const add = await thief.crypto.makeKeyPackages(1);
    await expect(ana.crypto.prepareCommit(groupId, { add })).rejects.toMatchObject({
      reason: 'refused-credential',
    });
  });

  test('is not met in a group that is joined', async () => {
    const { ana, groupId } = await testGroup();
    const cem = await testDevice('cem.1', { validate: without('bob.1') });
    const pending = await ana.crypto.prepareCommit(groupId, { add: await cem.crypto.makeKeyPackages(1) });
    const body = pending.welcome ?? new Uint8Array(0);
    expect(await cem.crypto.receive({ envelopeId: 'w', groupId, kind: 'welcome', body })).toMatchObject({
      kind: 'poison',
    });
    expect(await cem.crypto.epoch(groupId)).toBe(null);
  });

  test('is not taken from another member’s commit', async () => {
    const ana = await testDevice('ana.1', { validate: credulous });
    const bob = await testDevice('bob.1');
    await ana.crypto.create(groupId);
    const first = await ana.crypto.prepareCommit(groupId, { add: await bob.crypto.makeKeyPackages(1) });
    await ana.crypto.receive({ envelopeId: 'e1', groupId, kind: 'commit', body: first.commit });
    await bob.crypto.receive({
      envelopeId: 'e2',
      groupId,
      kind: 'welcome',
      body: first.welcome ?? new Uint8Array(0),
    });
    const eve = await testDevice('eve.1');
    await eve.crypto.setCredential(new Uint8Array([0xa0]));
    const ghost = await ana.crypto.prepareCommit(groupId, { add: await eve.crypto.makeKeyPackages(1) });
    expect(
      await bob.crypto.receive({ envelopeId: 'e3', groupId, kind: 'commit', body: ghost.commit }),
    ).toMatchObject({
      kind: 'poison',
    });
    expect(await bob.crypto.members(groupId)).toHaveLength(2);
    expect(await bob.crypto.epoch(groupId)).toBe(1);
  });

  test('does not join by an external commit, and is not joined to', async () => {
    const { ana, pending, groupId } = await testGroup();
    const eve = await testDevice('ana.2', { accountSeed: 'a server', validate: credulous });
    await expect(eve.crypto.joinExternally(groupId, pending.groupInfo)).rejects.toMatchObject({
      reason: 'not-allowed',
    });
    const strict = await testDevice('ana.3', { validate: without('bob.1') });
    await expect(strict.crypto.joinExternally(groupId, pending.groupInfo)).rejects.toMatchObject({
      reason: 'refused-credential',
    });
    expect(await ana.crypto.epoch(groupId)).toBe(1);
  });

  test('that could not be checked leaves the envelope for later, with nothing changed', async () => {
    let online = false;
    const { ana, groupId } = await testGroup();
    const cem = await testDevice('cem.1', {
      validate: (identity, signatureKey) => {
        if (!online) throw new TypeError('offline');
        return validateTestCredential(identity, signatureKey);
      },
    });
    const pending = await ana.crypto.prepareCommit(groupId, { add: await cem.crypto.makeKeyPackages(1) });
    const welcome = {
      envelopeId: 'w',
      groupId,
      kind: 'welcome',
      body: pending.welcome ?? new Uint8Array(0),
    } as const;
    await expect(cem.crypto.receive(welcome)).rejects.toThrow('offline');
    expect(await cem.crypto.inbox()).toEqual([]);
    online = true;
    expect(await cem.crypto.receive(welcome)).toMatchObject({ kind: 'joined' });
  });
});

describe('a group of the server’s making under the id of one that is held', () => {
  /** Everything is right but the people: the server registers an account, and has key packages of everybody. */
  async function forged(groupId: string, keyPackages: readonly Uint8Array[]) {
    const mallory = await testDevice('mallory.1');
    await mallory.crypto.create(groupId);
    for (const [index, add] of [[], [], keyPackages].entries()) {
      const { commit } = await mallory.crypto.prepareCommit(groupId, { add });
      if (index === 2) break;
      await mallory.crypto.receive({ envelopeId: `forged ${index}`, groupId, kind: 'commit', body: commit });
    }
    return (await mallory.crypto.pendingCommit(groupId)) ?? expect.fail('no commit');
  }

  test('is not entered by a welcome, though its epoch is higher', async () => {
    const { ana, bob, groupId } = await testGroup();
    const { welcome } = await forged(groupId, await ana.crypto.makeKeyPackages(1));
    const body = welcome ?? new Uint8Array(0);
    expect(await ana.crypto.receive({ envelopeId: 'w', groupId, kind: 'welcome', body })).toMatchObject({
      kind: 'poison',
      reason: 'a group of other people under this id',
    });
    const { ciphertext } = await ana.crypto.encrypt(groupId, 'm1', utf8('for Bob'));
    expect(
      await bob.crypto.receive({ envelopeId: 'm1', groupId, kind: 'message', body: ciphertext }),
    ).toMatchObject({ kind: 'message' });
  });

  test('is not entered by a GroupInfo, though a device of the own account is in it', async () => {
    const { ana, groupId } = await testGroup();
    const other = await testDevice('ana.2');
    const { groupInfo } = await forged(groupId, await other.crypto.makeKeyPackages(1));
    await expect(ana.crypto.joinExternally(groupId, groupInfo)).rejects.toMatchObject({
      reason: 'not-allowed',
    });
    expect(await ana.crypto.pendingCommit(groupId)).toBe(null);
  });

  test('nor is one with a person of the same name and another account key', async () => {
    const { ana, groupId } = await testGroup();
    const bob = await testDevice('bob.2', { accountSeed: 'a server' });
    const { welcome } = await forged(groupId, [
      ...(await ana.crypto.makeKeyPackages(1)),
      ...(await bob.crypto.makeKeyPackages(1)),
    ]);
    const body = welcome ?? new Uint8Array(0);
    expect(await ana.crypto.receive({ envelopeId: 'w', groupId, kind: 'welcome', body })).toMatchObject({
      kind: 'poison',
      reason: 'a group of other people under this id',
    });
  });

  test('does not take the place of one that is only being made', async () => {
    const ana = await testDevice('ana.1');
    await ana.crypto.create(groupId);
    const { welcome } = await forged(groupId, await ana.crypto.makeKeyPackages(1));
    const body = welcome ?? new Uint8Array(0);
    expect(await ana.crypto.receive({ envelopeId: 'w', groupId, kind: 'welcome', body })).toMatchObject({
      kind: 'poison',
    });
    expect(await ana.crypto.epoch(groupId)).toBe(0);
  });
});

describe('a KeyPackage', () => {
  test('is dropped once it was used, and one of last resort is not', async () => {
    const bob = await testDevice('bob.1');
    const [once = new Uint8Array(0)] = await bob.crypto.makeKeyPackages(1);
    const lastResort = await bob.crypto.makeLastResort();
    const join = async (name: string, keyPackage: Uint8Array) => {
      const ana = await testDevice(`${name}.1`);
      await ana.crypto.create(name);
      const { welcome } = await ana.crypto.prepareCommit(name, { add: [keyPackage] });
      const body = welcome ?? new Uint8Array(0);
      return (await bob.crypto.receive({ envelopeId: name, groupId: name, kind: 'welcome', body })).kind;
    };
    expect(await join('first', once)).toBe('joined');
    expect(await join('second', once)).toBe('poison');
    expect(await join('third', lastResort)).toBe('joined');
    expect(await join('fourth', lastResort)).toBe('joined');
  });

  test('that has run out is not added', async () => {
    const ana = await testDevice('ana.1');
    const add = await (await testDevice('bob.1')).crypto.makeKeyPackages(1);
    await ana.crypto.create(groupId);
    testClock.advance(29 * 86_400_000);
    await expect(ana.crypto.prepareCommit(groupId, { add })).rejects.toMatchObject({
      reason: 'bad-key-package',
    });
    testClock.advance(-29 * 86_400_000);
    await expect(ana.crypto.prepareCommit(groupId, { add })).resolves.toMatchObject({ epoch: 0 });
  });

  test('of a device that is in the group is not added again', async () => {
    const { ana, bob, groupId } = await testGroup();
    const add = await bob.crypto.makeKeyPackages(1);
    await expect(ana.crypto.prepareCommit(groupId, { add })).rejects.toMatchObject({
      reason: 'bad-key-package',
    });
  });

  test('that is none is refused', async () => {
    const ana = await testDevice('ana.1');
    await ana.crypto.create(groupId);
    const add = [utf8('not a KeyPackage')];
    await expect(ana.crypto.prepareCommit(groupId, { add })).rejects.toMatchObject({
      reason: 'bad-key-package',
    });
  });
});

describe('a commit', () => {
  test('is one at a time, and takes effect when it comes back', async () => {
    const { ana, groupId } = await testGroup();
    const pending = await ana.crypto.prepareCommit(groupId, {});
    expect(await ana.crypto.epoch(groupId)).toBe(1);
    await expect(ana.crypto.prepareCommit(groupId, {})).rejects.toMatchObject({ reason: 'commit-pending' });
    expect(await ana.crypto.pendingCommit(groupId)).toEqual(pending);
    const envelope = { envelopeId: 'e', groupId, kind: 'commit', body: pending.commit } as const;
    expect(await ana.crypto.receive(envelope)).toMatchObject({ kind: 'commit', own: true, epoch: 2 });
    expect(await ana.crypto.epoch(groupId)).toBe(2);
    expect(await ana.crypto.pendingCommit(groupId)).toBe(null);
  });

  test('that was abandoned is not adopted when it comes back after all', async () => {
    const { ana, groupId } = await testGroup();
    const pending = await ana.crypto.prepareCommit(groupId, {});
    await ana.crypto.abandonCommit(groupId);
    const envelope = { envelopeId: 'e', groupId, kind: 'commit', body: pending.commit } as const;
    expect(await ana.crypto.receive(envelope)).toMatchObject({ kind: 'poison' });
    expect(await ana.crypto.epoch(groupId)).toBe(1);
  });

  test('removes neither its author nor nobody', async () => {
    const { ana, groupId } = await testGroup();
    await expect(ana.crypto.prepareCommit(groupId, { remove: [0] })).rejects.toMatchObject({
      reason: 'not-allowed',
    });
    await expect(ana.crypto.prepareCommit(groupId, { remove: [7] })).rejects.toMatchObject({
      reason: 'no-such-leaf',
    });
  });

  test('changed in one bit is poison, wherever the bit is', async () => {
    const { ana, bob, groupId } = await testGroup();
    const { commit } = await ana.crypto.prepareCommit(groupId, {});
    for (let index = 0; index < commit.length; index += 23) {
      const body = commit.slice();
      body[index] = (body[index] ?? 0) ^ 1;
      const received = await bob.crypto.receive({
        envelopeId: `bit ${index}`,
        groupId,
        kind: 'commit',
        body,
      });
      expect(['poison', 'future']).toContain(received.kind);
      expect(await bob.crypto.epoch(groupId)).toBe(1);
    }
    expect(
      await bob.crypto.receive({ envelopeId: 'whole', groupId, kind: 'commit', body: commit }),
    ).toMatchObject({
      kind: 'commit',
      own: false,
    });
  });
});

describe('a message', () => {
  test('encrypted once keeps its bytes until it was sent', async () => {
    const { ana, groupId } = await testGroup();
    const first = await ana.crypto.encrypt(groupId, 'm1', utf8('hello'));
    expect(await ana.crypto.encrypt(groupId, 'm1', utf8('hello'))).toEqual(first);
    expect(await ana.crypto.reencrypt(groupId, 'm1', utf8('hello'))).toEqual(first);
    await ana.crypto.sent('m1');
    expect(await ana.crypto.encrypt(groupId, 'm1', utf8('hello'))).not.toEqual(first);
  });

  test('changed in one bit is poison, and the true one is still read', async () => {
    const { ana, bob, groupId } = await testGroup();
    const { ciphertext } = await ana.crypto.encrypt(groupId, 'm1', utf8('hello'));
    for (const index of [40, 80, ciphertext.length - 1]) {
      const body = ciphertext.slice();
      body[index] = (body[index] ?? 0) ^ 1;
      expect(
        await bob.crypto.receive({ envelopeId: `bit ${index}`, groupId, kind: 'message', body }),
      ).not.toMatchObject({
        kind: 'message',
      });
    }
    expect(
      await bob.crypto.receive({ envelopeId: 'true', groupId, kind: 'message', body: ciphertext }),
    ).toMatchObject({
      kind: 'message',
    });
  });

  test('is read once: a second delivery under another id is poison', async () => {
    const { ana, bob, groupId } = await testGroup();
    const { ciphertext: body } = await ana.crypto.encrypt(groupId, 'm1', utf8('hello'));
    expect(await bob.crypto.receive({ envelopeId: 'a', groupId, kind: 'message', body })).toMatchObject({
      kind: 'message',
    });
    expect(await bob.crypto.receive({ envelopeId: 'a', groupId, kind: 'message', body })).toMatchObject({
      kind: 'message',
    });
    await bob.crypto.taken(['a']);
    expect(await bob.crypto.receive({ envelopeId: 'a', groupId, kind: 'message', body })).toMatchObject({
      kind: 'known',
    });
    expect(await bob.crypto.receive({ envelopeId: 'b', groupId, kind: 'message', body })).toMatchObject({
      kind: 'poison',
    });
  });

  test('is never encrypted under the key of another one, though its process ended in between', async () => {
    const { ana, bob, groupId } = await testGroup();
    const first = await ana.crypto.encrypt(groupId, 'm1', utf8('one'));
    const again = await testDevice('ana.1', { store: ana.store });
    const second = await again.crypto.encrypt(groupId, 'm2', utf8('two'));
    for (const [envelopeId, { ciphertext: body }] of Object.entries({ first, second }))
      expect(await bob.crypto.receive({ envelopeId, groupId, kind: 'message', body })).toMatchObject({
        kind: 'message',
      });
  });

  test('of the epoch an own commit ends is read after it, and not twice when it was read before', async () => {
    const { ana, bob, groupId } = await testGroup();
    const { commit } = await ana.crypto.prepareCommit(groupId, {});
    const [early, late] = [
      await bob.crypto.encrypt(groupId, 'early', utf8('early')),
      await bob.crypto.encrypt(groupId, 'late', utf8('late')),
    ];
    const take = async (envelopeId: string, kind: 'commit' | 'message', body: Uint8Array) =>
      (await ana.crypto.receive({ envelopeId, groupId, kind, body })).kind;
    expect(await take('early', 'message', early.ciphertext)).toBe('message');
    expect(await take('own', 'commit', commit)).toBe('commit');
    expect(await take('late', 'message', late.ciphertext)).toBe('message');
    expect(await take('early again', 'message', early.ciphertext)).toBe('poison');
  });

  test('under another group’s name is poison', async () => {
    const { ana, bob, groupId } = await testGroup();
    const { ciphertext: body } = await ana.crypto.encrypt(groupId, 'm1', utf8('hello'));
    expect(
      await bob.crypto.receive({ envelopeId: 'a', groupId: 'other', kind: 'message', body }),
    ).toMatchObject({
      kind: 'poison',
    });
  });

  test('up to 256 bytes has one length', async () => {
    const { ana, groupId } = await testGroup();
    const lengthOf = async (id: string, text: string) =>
      (await ana.crypto.encrypt(groupId, id, utf8(text))).ciphertext.length;
    expect(await lengthOf('short', 'a')).toBe(await lengthOf('long', 'a'.repeat(100)));
  });
});

test('of the epochs that are over four are kept, and nothing of the keys of the others', async () => {
  const { ana, groupId } = await testGroup();
  for (let count = 0; count < 7; count += 1) {
    const { commit } = await ana.crypto.prepareCommit(groupId, {});
    await ana.crypto.receive({ envelopeId: `c${count}`, groupId, kind: 'commit', body: commit });
  }
  const epochsIn = async (table: 'past-epochs' | 'secret-trees') =>
    (await ana.store.list(table)).map(({ key }) => Number(key.split('/')[1]));
  expect(await epochsIn('past-epochs')).toEqual([4, 5, 6, 7]);
  expect(await epochsIn('secret-trees')).toEqual([4, 5, 6, 7, 8]);
});

test('what came before its epoch and was not acked is said to wait when it comes again, and is read once its epoch is there', async () => {
  const { ana, bob, groupId } = await testGroup();
  const { commit } = await ana.crypto.prepareCommit(groupId, {});
  await ana.crypto.receive({ envelopeId: 'c', groupId, kind: 'commit', body: commit });
  const { ciphertext, epoch } = await ana.crypto.encrypt(groupId, 'm', utf8('early'));
  const early = { envelopeId: 'm', groupId, kind: 'message', body: ciphertext } as const;
  for (let times = 0; times < 2; times += 1)
    expect(await bob.crypto.receive(early)).toMatchObject({ kind: 'future', epoch });
  await bob.crypto.receive({ envelopeId: 'c', groupId, kind: 'commit', body: commit });
  expect(await bob.crypto.receive(early)).toMatchObject({ kind: 'message' });
  await bob.crypto.taken(['m']);
  expect(await bob.crypto.receive(early)).toMatchObject({ kind: 'known' });
});

test('a forgotten group leaves no row behind', async () => {
  const { ana, groupId } = await testGroup();
  await ana.crypto.encrypt(groupId, 'm1', utf8('never sent'));
  await ana.crypto.prepareCommit(groupId, {});
  await ana.crypto.forget(groupId);
  for (const table of [
    'groups',
    'past-epochs',
    'secret-trees',
    'pending-commits',
    'outbox',
    'future',
  ] as const)
    expect(await ana.store.list(table), table).toEqual([]);
  await expect(ana.crypto.encrypt(groupId, 'm2', utf8('x'))).rejects.toMatchObject({ reason: 'no-group' });
  await ana.crypto.create(groupId);
  expect(await ana.crypto.groups()).toEqual([groupId]);
});

test('a new login over what an old one left has another key and no groups, and still hands over what was read', async () => {
  const { ana, bob, groupId } = await testGroup();
  const { ciphertext: body } = await ana.crypto.encrypt(groupId, 'm1', utf8('read just before'));
  await bob.crypto.receive({ envelopeId: 'm1', groupId, kind: 'message', body });
  const again = await testDevice('bob.2', { store: bob.store });
  expect(await again.crypto.signatureKey()).not.toEqual(await bob.crypto.signatureKey());
  expect(await again.crypto.groups()).toEqual([]);
  for (const table of ['secret-trees', 'key-packages', 'past-epochs'] as const)
    expect(await again.store.list(table), table).toEqual([]);
  expect((await again.crypto.inbox()).map(({ kind }) => kind)).toEqual(['joined', 'message']);
  await again.crypto.taken(['welcome-1', 'm1']);
  expect(await again.crypto.inbox()).toEqual([]);
});

test('a device without a credential makes no KeyPackage and no group', async () => {
  const { openGroupCrypto } = await import('./open-group-crypto.ts');
  const crypto = await openGroupCrypto({
    store: memoryGroupStore(),
    device: { accountId: 'ana', deviceId: 'ana.1' },
    validate: validateTestCredential,
    random: (length) => new Uint8Array(length).fill(7),
    clock: testClock,
  });
  await expect(crypto.makeKeyPackages(1)).rejects.toMatchObject({ reason: 'no-credential' });
  await expect(crypto.create(groupId)).rejects.toMatchObject({ reason: 'no-credential' });
});
