import { fixedClock, seededRandom } from '@hexkey/testing';
import type { GroupCrypto, ValidateCredential } from '../group-crypto.ts';
import { openGroupCrypto } from '../open-group-crypto.ts';

import type { GroupStore } from '../store/group-store.ts';
import { memoryGroupStore } from '../store/memory-group-store.ts';
import { testCredential, validateTestCredential } from './test-credential.ts';

export const testClock = fixedClock('2030-01-01T00:00:00Z');

export interface TestDevice {
  readonly crypto: GroupCrypto;
  readonly store: GroupStore;
  readonly accountId: string;
  readonly deviceId: string;
}

/** One process draws no bytes another one has drawn. */
let opened = 0;

/** A device whose credential is set. The device id is `account.number`. */
export async function testDevice(
  deviceId: string,
  {
    store = memoryGroupStore(),
    validate = validateTestCredential,
    accountSeed,
  }: { store?: GroupStore; validate?: ValidateCredential; accountSeed?: string } = {},
): Promise<TestDevice> {
  const accountId = deviceId.slice(0, deviceId.indexOf('.'));
  opened += 1;
  const crypto = await openGroupCrypto({
    store,
    device: { accountId, deviceId },
    validate,
    random: seededRandom(`device ${deviceId}, process ${opened}`),
    clock: testClock,
  });
  await crypto.setCredential(testCredential(accountId, deviceId, await crypto.signatureKey(), accountSeed));
  return { crypto, store, accountId, deviceId };
}

/** A group of two whose first commit both have taken. */
export async function testGroup(groupId = 'group-1') {
  const ana = await testDevice('ana.1');
  const bob = await testDevice('bob.1');
  await ana.crypto.create(groupId);
  const pending = await ana.crypto.prepareCommit(groupId, { add: await bob.crypto.makeKeyPackages(1) });
  const welcome = pending.welcome ?? new Uint8Array(0);
  await ana.crypto.receive({ envelopeId: 'commit-1', groupId, kind: 'commit', body: pending.commit });
  await bob.crypto.receive({ envelopeId: 'welcome-1', groupId, kind: 'welcome', body: welcome });
  return { ana, bob, pending, groupId };
}
