import { utf8 } from '@hexkey/protocol';
import { describe, expect, test } from 'vitest';
import {
  readGroupInfo,
  readKeyPackage,
  readPrivateMessage,
  readPublicCommit,
  readWelcome,
} from './inspect.ts';
import { testClock, testDevice, testGroup } from './testing/test-device.ts';

describe('what a server reads without any state', () => {
  test('who a commit adds and removes, in which epoch, and from which leaf', async () => {
    const { ana, bob, pending } = await testGroup();
    expect(readPublicCommit(pending.commit)).toEqual({
      groupId: 'group-1',
      epoch: 0,
      sender: { kind: 'member', leafIndex: 0 },
      added: [
        {
          identity: (await ana.crypto.members('group-1'))[1]?.identity,
          signatureKey: await bob.crypto.signatureKey(),
        },
      ],
      removedLeaves: [],
      isPlain: true,
    });
    const removal = await ana.crypto.prepareCommit('group-1', { remove: [1] });
    expect(readPublicCommit(removal.commit)).toMatchObject({ epoch: 1, added: [], removedLeaves: [1] });
    expect(readWelcome(pending.welcome ?? new Uint8Array(0))).toEqual({ count: 1 });
  });

  test('who joins externally, and which leaf goes', async () => {
    const { pending } = await testGroup();
    const restored = await testDevice('ana.1');
    const join = await restored.crypto.joinExternally('group-1', pending.groupInfo);
    expect(readPublicCommit(join.commit)).toMatchObject({
      epoch: 1,
      sender: { kind: 'external', joiner: { signatureKey: await restored.crypto.signatureKey() } },
      removedLeaves: [0],
      isPlain: true,
    });
  });

  test('who sits where in the epoch of a group info', async () => {
    const { pending, ana, bob } = await testGroup();
    expect(readGroupInfo(pending.groupInfo)).toMatchObject({
      groupId: 'group-1',
      epoch: 1,
      signer: 0,
      members: [
        { leafIndex: 0, signatureKey: await ana.crypto.signatureKey() },
        { leafIndex: 1, signatureKey: await bob.crypto.signatureKey() },
      ],
    });
  });

  test('a KeyPackage lives 28 days, and one of last resort says so', async () => {
    const { crypto } = await testDevice('ana.1');
    const [once] = await crypto.makeKeyPackages(1);
    const nowSeconds = testClock.now() / 1000;
    expect(readKeyPackage(once ?? new Uint8Array(0))).toMatchObject({
      signatureKey: await crypto.signatureKey(),
      lifetime: { notBefore: nowSeconds - 3_600, notAfter: nowSeconds + 28 * 86_400 },
      isLastResort: false,
    });
    expect(readKeyPackage(await crypto.makeLastResort())).toMatchObject({ isLastResort: true });
  });

  test('the group and the epoch of a message, and nothing else', async () => {
    const { ana } = await testGroup();
    const { ciphertext } = await ana.crypto.encrypt('group-1', 'm1', utf8('hello'));
    expect(readPrivateMessage(ciphertext)).toEqual({ groupId: 'group-1', epoch: 1 });
    expect(readPublicCommit(ciphertext)).toBe(null);
  });

  test('bytes that are no message, cut or with more behind them are nothing', async () => {
    const { pending } = await testGroup();
    for (const bytes of [
      new Uint8Array(0),
      new Uint8Array(40).fill(255),
      pending.commit.slice(0, -1),
      Uint8Array.of(...pending.commit, 0),
      pending.commit.slice(0, 9),
    ]) {
      expect(readPublicCommit(bytes)).toBe(null);
      expect(readGroupInfo(bytes)).toBe(null);
      expect(readKeyPackage(bytes)).toBe(null);
      expect(readWelcome(bytes)).toBe(null);
      expect(readPrivateMessage(bytes)).toBe(null);
    }
  });
});
