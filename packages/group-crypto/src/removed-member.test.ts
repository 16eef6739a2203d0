import { toHex, utf8 } from '@hexkey/protocol';
import { emptyPskIndex, processPublicMessage } from 'ts-mls';
import { unprotectPrivateMessage } from 'ts-mls/messageProtection.js';
import { describe, expect, test } from 'vitest';
import { checkCredentials } from './identity/roster.ts';
import { openCipherSuite } from './mls/cipher-suite.ts';
import { clientConfig } from './mls/client-config.ts';
import { readMessage } from './mls/message-bytes.ts';
import { loadGroup } from './state/group-rows.ts';
import { validateTestCredential } from './testing/test-credential.ts';
import { testClock, testDevice, testGroup } from './testing/test-device.ts';

const random = (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length));

/** Ana removes Bob, of whom everything was copied before, and says something. */
async function afterRemoval() {
  const { ana, bob, groupId } = await testGroup();
  const held = (await loadGroup(bob.store, groupId)) ?? expect.fail('no state');
  const pending = await ana.crypto.prepareCommit(groupId, { remove: [1] });
  const removal = { envelopeId: 'r', groupId, kind: 'commit', body: pending.commit } as const;
  await ana.crypto.receive(removal);
  const plaintext = utf8('what Bob must not read');
  const { ciphertext } = await ana.crypto.encrypt(groupId, 'm1', plaintext);
  return { ana, bob, groupId, held, removal, ciphertext, plaintext };
}

describe('a removed member', () => {
  test('learns of it, and sends and reads nothing more', async () => {
    const { bob, groupId, removal, ciphertext } = await afterRemoval();
    expect(await bob.crypto.receive(removal)).toMatchObject({ kind: 'commit', removedSelf: true });
    expect(
      await bob.crypto.receive({ envelopeId: 'm', groupId, kind: 'message', body: ciphertext }),
    ).toMatchObject({
      kind: 'poison',
    });
    expect(await bob.crypto.epoch(groupId)).toBe(null);
    await expect(bob.crypto.encrypt(groupId, 'm', utf8('x'))).rejects.toMatchObject({ reason: 'removed' });
    await expect(bob.crypto.prepareCommit(groupId, {})).rejects.toMatchObject({ reason: 'removed' });
  });

  test('cannot open a ciphertext of the epoch after with any key it had', async () => {
    const { held, ciphertext, plaintext } = await afterRemoval();
    expect(toHex(ciphertext)).not.toContain(toHex(plaintext));
    const suite = await openCipherSuite(random);
    const message =
      readMessage(ciphertext, 'mls_private_message')?.privateMessage ?? expect.fail('no message');
    const { keySchedule, secretTree, ratchetTree, groupContext } = held.state;
    const config = clientConfig(checkCredentials(validateTestCredential), testClock).keyRetentionConfig;
    // Every secret of the key schedule as if it were the one for sender data, under either epoch's name.
    for (const secret of Object.values(keySchedule))
      for (const epoch of [message.epoch, groupContext.epoch])
        await expect(
          unprotectPrivateMessage(
            secret,
            { ...message, epoch },
            secretTree,
            ratchetTree,
            groupContext,
            config,
            suite,
          ),
        ).rejects.toThrow();
  });

  test('gets no key of the next epoch out of the commit that removes it', async () => {
    const { held, removal, ana, groupId } = await afterRemoval();
    const suite = await openCipherSuite(random);
    const message =
      readMessage(removal.body, 'mls_public_message')?.publicMessage ?? expect.fail('no commit');
    const config = clientConfig(checkCredentials(validateTestCredential), testClock);
    const state = { ...held.state, clientConfig: config };
    const { newState } = await processPublicMessage(state, message, emptyPskIndex, suite);
    const next = (await loadGroup(ana.store, groupId)) ?? expect.fail('no state');
    const known = new Set(Object.values(newState.keySchedule).map(toHex));
    for (const secret of Object.values(next.state.keySchedule)) expect(known.has(toHex(secret))).toBe(false);
  });

  test('reads on once it was added again', async () => {
    const { ana, bob, groupId, removal } = await afterRemoval();
    await bob.crypto.receive(removal);
    const again = await ana.crypto.prepareCommit(groupId, { add: await bob.crypto.makeKeyPackages(1) });
    await ana.crypto.receive({ envelopeId: 'a', groupId, kind: 'commit', body: again.commit });
    const body = again.welcome ?? new Uint8Array(0);
    expect(await bob.crypto.receive({ envelopeId: 'w2', groupId, kind: 'welcome', body })).toMatchObject({
      kind: 'joined',
    });
    const { ciphertext } = await ana.crypto.encrypt(groupId, 'm2', utf8('welcome back'));
    expect(
      await bob.crypto.receive({ envelopeId: 'm2', groupId, kind: 'message', body: ciphertext }),
    ).toMatchObject({
      kind: 'message',
    });
  });
});

describe('a device that joins again by an external commit', () => {
  test('reads on after it has lost everything, in its old place and with the same account key', async () => {
    const { ana, bob, pending, groupId } = await testGroup();
    const restored = await testDevice('bob.2');
    const join = await restored.crypto.joinExternally(groupId, pending.groupInfo, 1);
    const envelope = { envelopeId: 'j', groupId, kind: 'commit', body: join.commit } as const;
    const { ciphertext } = await ana.crypto.encrypt(groupId, 'before', utf8('before'));
    expect(await ana.crypto.receive(envelope)).toMatchObject({
      external: true,
      own: false,
      committer: { deviceId: 'bob.2' },
      added: [{ deviceId: 'bob.2' }],
      removed: [{ deviceId: 'bob.1' }],
    });
    expect(
      await restored.crypto.receive({ envelopeId: 'b', groupId, kind: 'message', body: ciphertext }),
    ).toMatchObject({
      kind: 'poison',
    });
    expect(await restored.crypto.receive(envelope)).toMatchObject({ own: true, external: true, epoch: 2 });
    // The device it replaces, if it still lives, learns that it is out.
    expect(await bob.crypto.receive(envelope)).toMatchObject({ removedSelf: true });
    const after = await ana.crypto.encrypt(groupId, 'after', utf8('after'));
    expect(
      await restored.crypto.receive({ envelopeId: 'm', groupId, kind: 'message', body: after.ciphertext }),
    ).toMatchObject({ kind: 'message', sender: { deviceId: 'ana.1' } });
    const answer = await restored.crypto.encrypt(groupId, 'answer', utf8('answer'));
    expect(
      await ana.crypto.receive({ envelopeId: 'n', groupId, kind: 'message', body: answer.ciphertext }),
    ).toMatchObject({
      kind: 'message',
      sender: { deviceId: 'bob.2' },
    });
  });

  test('is late when another commit came first, and tries again with the next group info', async () => {
    const { ana, pending, groupId } = await testGroup();
    const restored = await testDevice('bob.2');
    await restored.crypto.joinExternally(groupId, pending.groupInfo, 1);
    const first = await ana.crypto.prepareCommit(groupId, {});
    await ana.crypto.receive({ envelopeId: 'c', groupId, kind: 'commit', body: first.commit });
    await restored.crypto.abandonCommit(groupId);
    const join = await restored.crypto.joinExternally(groupId, first.groupInfo, 1);
    const envelope = { envelopeId: 'j', groupId, kind: 'commit', body: join.commit } as const;
    expect(await ana.crypto.receive(envelope)).toMatchObject({ kind: 'commit', epoch: 3 });
    expect(await restored.crypto.receive(envelope)).toMatchObject({ own: true });
  });

  test('takes nobody’s leaf but its account’s', async () => {
    const { pending, groupId } = await testGroup();
    const restored = await testDevice('bob.2');
    await expect(restored.crypto.joinExternally(groupId, pending.groupInfo, 0)).rejects.toMatchObject({
      reason: 'not-allowed',
    });
    const stranger = await testDevice('cem.1');
    await expect(stranger.crypto.joinExternally(groupId, pending.groupInfo)).rejects.toMatchObject({
      reason: 'not-allowed',
    });
    const rekeyed = await testDevice('bob.3', { accountSeed: 'after a new secret' });
    await expect(rekeyed.crypto.joinExternally(groupId, pending.groupInfo, 1)).rejects.toMatchObject({
      reason: 'not-allowed',
    });
  });
});
