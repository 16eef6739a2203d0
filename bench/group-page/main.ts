import {
  type GroupCrypto,
  type GroupStore,
  memoryGroupStore,
  openGroupCrypto,
  type ValidateCredential,
} from '@hexkey/group-crypto';
import { eraseGroupStore, indexedDbGroupStore } from '@hexkey/group-crypto/browser';
import { textOf, utf8 } from '@hexkey/protocol';

export interface GroupTimes {
  readonly encryptMs: number;
  readonly decryptMs: number;
  readonly encryptDurablyMs: number;
  readonly joinMs: number;
  readonly loadMs: number;
  readonly messageBytes: number;
  readonly commitBytes: number;
  readonly saveMessageMs: number;
  readonly saveCommitMs: number;
}

/** What the benchmark calls in the page. */
export interface GroupPage {
  measure(members: number, messages: number): Promise<GroupTimes>;
}

const groupId = 'bench';
/** Without the signature of the credential, which is `protocol`'s and is checked once for each member. */
const validate: ValidateCredential = async (identity) => {
  const deviceId = textOf(identity);
  return { accountId: deviceId, deviceId, accountKey: new Uint8Array(32) };
};

async function open(name: string, store: GroupStore): Promise<GroupCrypto> {
  const crypto = await openGroupCrypto({
    store,
    device: { accountId: name, deviceId: name },
    validate,
    random: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
    clock: Date,
  });
  await crypto.setCredential(utf8(name));
  return crypto;
}

/** Counts the last write of a store: how much, and how long it took to encode and keep it. */
function watched(store: GroupStore) {
  let bytes = 0;
  let ms = 0;
  const watching: GroupStore = {
    ...store,
    async write(changes) {
      const startedMs = performance.now();
      await store.write(changes);
      ms = performance.now() - startedMs;
      bytes = changes.reduce((total, { value }) => total + (value?.length ?? 0), 0);
    },
  };
  return { store: watching, last: () => ({ bytes, ms }) };
}

const median = (values: number[]): number => values.sort((one, two) => one - two)[values.length >> 1] ?? 0;

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const startedMs = performance.now();
  const value = await work();
  return { ms: performance.now() - startedMs, value };
}

async function measure(members: number, messages: number): Promise<GroupTimes> {
  const durable = watched(await indexedDbGroupStore('ana', crypto.subtle));
  const ana = await open('ana', durable.store);
  const bob = await open('bob', memoryGroupStore());
  const add = [...(await bob.makeKeyPackages(1))];
  for (let count = 2; count < members; count += 1)
    add.push(...(await (await open(`member ${count}`, memoryGroupStore())).makeKeyPackages(1)));
  await ana.create(groupId);
  const first = await ana.prepareCommit(groupId, { add });
  await ana.receive({ envelopeId: 'first', groupId, kind: 'commit', body: first.commit });
  const welcome = first.welcome ?? new Uint8Array(0);
  const join = await timed(() =>
    bob.receive({ envelopeId: 'join', groupId, kind: 'welcome', body: welcome }),
  );
  if (join.value.kind !== 'joined') throw new Error(`not joined: ${join.value.kind}`);

  // Keys renewed once, as after every join: the tree gets inner nodes.
  const renewal = await ana.prepareCommit(groupId, {});
  await ana.receive({ envelopeId: 'renewal', groupId, kind: 'commit', body: renewal.commit });
  const commit = durable.last();
  await bob.receive({ envelopeId: 'renewal', groupId, kind: 'commit', body: renewal.commit });

  const durableMs: number[] = [];
  const encryptMs: number[] = [];
  const decryptMs: number[] = [];
  for (let count = 0; count < messages; count += 1) {
    const text = utf8(`message number ${count}, as long as people write them`);
    const sent = await timed(() => ana.encrypt(groupId, `m${count}`, text));
    durableMs.push(sent.ms);
    const body = sent.value.ciphertext;
    const read = await timed(() => bob.receive({ envelopeId: `m${count}`, groupId, kind: 'message', body }));
    if (read.value.kind !== 'message') throw new Error(`not read: ${read.value.kind}`);
    decryptMs.push(read.ms);
    encryptMs.push((await timed(() => bob.encrypt(groupId, `b${count}`, text))).ms);
  }
  const message = durable.last();
  await ana.close();
  const again = await open('ana', await indexedDbGroupStore('ana', crypto.subtle));
  const load = await timed(() => again.epoch(groupId));
  await again.close();
  await eraseGroupStore('ana');
  return {
    encryptMs: median(encryptMs),
    decryptMs: median(decryptMs),
    encryptDurablyMs: median(durableMs),
    joinMs: join.ms,
    loadMs: load.ms,
    messageBytes: message.bytes,
    commitBytes: commit.bytes,
    saveMessageMs: message.ms,
    saveCommitMs: commit.ms,
  };
}

Object.assign(globalThis, { groupPage: { measure } satisfies GroupPage });
document.title = 'ready';
