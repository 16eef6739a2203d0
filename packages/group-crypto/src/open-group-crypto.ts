import { startGroup } from './commits/create-group.ts';
import { groupInfoOf } from './commits/group-info.ts';
import { joinExternally } from './commits/join-externally.ts';
import { dropPending, loadPending } from './commits/pending-row.ts';
import { prepareCommit } from './commits/prepare-commit.ts';
import type { Deps } from './deps.ts';
import type { GroupCrypto, GroupCryptoOptions } from './group-crypto.ts';
import { openOwnDevice } from './identity/own-device.ts';
import { makeKeyPackages, makeLastResort } from './key-packages/kept-key-packages.ts';
import { encryptMessage, unsentOf } from './messages/encrypt.ts';
import { openCipherSuite } from './mls/cipher-suite.ts';
import { oneAfterAnother } from './one-after-another.ts';
import { listInbox, openArrivals, pruneSeen, takeFromInbox } from './receive/inbox.ts';
import { receiveEnvelope } from './receive/receive-envelope.ts';
import { activeGroup } from './state/active-group.ts';
import { groupCache } from './state/group-cache.ts';
import { forgetChanges } from './state/group-rows.ts';
import { epochOf, isRemoved } from './state/held-group.ts';
import type { GroupChange } from './store/group-store.ts';

/** Opens the groups of a device; the first time, makes its signature key. */
export async function openGroupCrypto(options: GroupCryptoOptions): Promise<GroupCrypto> {
  const { store, random } = options;
  const deps: Deps = {
    ...options,
    suite: await openCipherSuite(random),
    own: await openOwnDevice(store, options.device, random),
    groups: groupCache(store),
  };
  await pruneSeen(deps);
  const arrivals = await openArrivals(store);

  // One call at a time: each reads the state the one before has written.
  const inTurn = oneAfterAnother();
  return {
    signatureKey: async () => deps.own.keyPair.publicKey.slice(),
    setCredential: (identity) => inTurn(() => deps.own.setIdentity(identity)),
    makeKeyPackages: (count) => inTurn(() => makeKeyPackages(deps, count)),
    makeLastResort: () => inTurn(() => makeLastResort(deps)),
    create: (groupId) => inTurn(() => startGroup(deps, groupId)),
    prepareCommit: (groupId, changes) => inTurn(() => prepareCommit(deps, groupId, changes)),
    pendingCommit: (groupId) => inTurn(async () => (await loadPending(store, groupId))?.commit ?? null),
    abandonCommit: (groupId) => inTurn(() => store.write([dropPending(groupId)])),
    joinExternally: (groupId, groupInfo, removeLeaf) =>
      inTurn(() => joinExternally(deps, groupId, groupInfo, removeLeaf)),
    encrypt: (groupId, clientMessageId, plaintext) =>
      inTurn(() => encryptMessage(deps, groupId, clientMessageId, plaintext, false)),
    reencrypt: (groupId, clientMessageId, plaintext) =>
      inTurn(() => encryptMessage(deps, groupId, clientMessageId, plaintext, true)),
    sent: (clientMessageId) =>
      inTurn(() => store.write([{ table: 'outbox', key: clientMessageId, value: null }])),
    receive: (envelope) => inTurn(() => receiveEnvelope(deps, arrivals, envelope)),
    inbox: () => inTurn(() => listInbox(store)),
    taken: (envelopeIds) => inTurn(() => takeFromInbox(store, envelopeIds)),
    members: (groupId) => inTurn(async () => (await deps.groups.load(groupId))?.roster ?? []),
    epoch: (groupId) =>
      inTurn(async () => {
        const group = await deps.groups.load(groupId);
        return group === null || isRemoved(group) ? null : epochOf(group);
      }),
    groupInfo: (groupId) => inTurn(async () => groupInfoOf(deps, (await activeGroup(deps, groupId)).state)),
    groups: () => inTurn(async () => (await store.list('groups')).map(({ key }) => key)),
    forget: (groupId) => inTurn(() => forgetGroup(deps, groupId)),
    close: () => inTurn(() => store.close()),
  };
}

async function forgetGroup(deps: Deps, groupId: string): Promise<void> {
  const { store, groups } = deps;
  const group = await groups.load(groupId);
  const waiting = await store.list('future', `${groupId}/`);
  const unsent = await unsentOf(deps, groupId);
  await groups.write(
    [
      ...(group === null ? [] : forgetChanges(group)),
      dropPending(groupId),
      ...waiting.map(({ key }): GroupChange => ({ table: 'future', key, value: null })),
      ...unsent.map((key): GroupChange => ({ table: 'outbox', key, value: null })),
    ],
    groupId,
    null,
  );
}
