import { toBase64url, utf8 } from '@hexkey/protocol';
import type { Envelope, PendingCommit, Received } from '../group-crypto.ts';
import { serverModel } from './server-model.ts';
import { type TestDevice, testDevice } from './test-device.ts';

const groupId = 'fuzz';
const maximumMembers = 9;

/** Mulberry32: the same operations for the same seed. Nothing secret comes from it. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (count: number) => Math.floor(next() * count), chance: (part: number) => next() < part };
}

/** A group of real devices around a model of the server, driven by random operations. Every breach of a rule throws. */
export async function randomGroup(seed: number) {
  const { below, chance } = dice(seed);
  const server = serverModel(groupId);
  const devices = new Map<string, TestDevice>();
  const gone: TestDevice[] = [];
  const counts: Record<string, number> = {};
  /** What each device still has to read: the texts sent while it was a member. */
  const expected = new Map<string, Set<string>>();
  const late = new Map<string, Envelope[]>();
  let names = 0;
  let texts = 0;

  const pick = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const members = () => [...server.members].map((name) => deviceOf(name));
  const deviceOf = (name: string) => {
    const device = devices.get(name);
    if (device === undefined) throw new Error(`no device ${name}`);
    return device;
  };
  const accounts = () => [...new Set(members().map(({ accountId }) => accountId))];

  async function newDevice(accountId?: string): Promise<TestDevice> {
    names += 1;
    const device = await testDevice(`${accountId ?? `account${names}`}.${names}`);
    devices.set(device.deviceId, device);
    return device;
  }

  async function take(device: TestDevice, envelope: Envelope): Promise<Received> {
    const received = await device.crypto.receive(envelope);
    if (received.kind === 'poison' && received.reason !== 'removed from the group')
      throw new Error(
        `${device.deviceId} could not take ${envelope.kind} ${envelope.envelopeId}: ${received.reason}`,
      );
    await readInbox(device);
    return received;
  }

  async function readInbox(device: TestDevice) {
    const inbox = await device.crypto.inbox();
    for (const received of inbox) {
      if (received.kind !== 'message') continue;
      const text = new TextDecoder().decode(received.plaintext);
      if (expected.get(device.deviceId)?.delete(text) !== true)
        throw new Error(`${device.deviceId} read ${text}, which was not for it, or twice`);
    }
    await device.crypto.taken(inbox.map(({ envelopeId }) => envelopeId));
  }

  /** Everything that waits, with neighbouring messages out of order, some kept for later, and some delivered twice. */
  async function fetch(device: TestDevice, whole = false): Promise<void> {
    const waiting = [...server.fetch(device.deviceId)];
    for (let index = 0; index + 1 < waiting.length; index += 1) {
      const [one, two] = [waiting[index], waiting[index + 1]];
      if (one?.kind === 'message' && two?.kind === 'message' && chance(0.3))
        waiting.splice(index, 2, two, one);
    }
    const kept = late.get(device.deviceId) ?? [];
    for (const envelope of waiting) {
      if (envelope.kind === 'message' && !whole && kept.length < 2 && chance(0.1)) {
        kept.push(envelope);
        count('late');
        continue;
      }
      const received = await take(device, envelope);
      // Kept at most two commits long: past epochs are dropped after four.
      if (received.kind === 'commit') for (const old of kept.splice(0)) await take(device, old);
      if (chance(0.05)) {
        count('delivered twice');
        await take(device, envelope);
      }
    }
    if (whole) for (const old of kept.splice(0)) await take(device, old);
    late.set(device.deviceId, kept);
  }

  function noteMembership(pending: PendingCommit): void {
    for (const { deviceId } of pending.removed) {
      if (server.members.has(deviceId)) continue;
      const device = deviceOf(deviceId);
      gone.push(device);
    }
  }

  /** Prepares, sends, and on `stale_epoch` catches up and drops it. @returns whether the server took it */
  async function commit(device: TestDevice, prepare: () => Promise<PendingCommit>): Promise<boolean> {
    const pending = await prepare();
    if (!server.commit(pending)) {
      count('stale commit');
      await fetch(device, true);
      // Dropped by the commit that was first; abandoning it again changes nothing.
      await device.crypto.abandonCommit(groupId);
      return false;
    }
    noteMembership(pending);
    return true;
  }

  async function send(device: TestDevice): Promise<void> {
    texts += 1;
    const text = `text ${texts}`;
    const id = `m${texts}`;
    let sent = await device.crypto.encrypt(groupId, id, utf8(text));
    if (!server.send(device.deviceId, sent.epoch, sent.ciphertext)) {
      count('stale message');
      await fetch(device, true);
      if ((await device.crypto.epoch(groupId)) === null) return;
      sent = await device.crypto.reencrypt(groupId, id, utf8(text));
      if (!server.send(device.deviceId, sent.epoch, sent.ciphertext))
        throw new Error(`${device.deviceId} has caught up and is refused`);
    }
    await device.crypto.sent(id);
    for (const name of server.members)
      if (name !== device.deviceId) expected.set(name, (expected.get(name) ?? new Set()).add(text));
  }

  const isIn = async (device: TestDevice) => (await device.crypto.epoch(groupId)) !== null;

  async function change(device: TestDevice, adds: number, removes: number): Promise<void> {
    const roster = await device.crypto.members(groupId);
    const others = roster.filter(({ deviceId }) => deviceId !== device.deviceId);
    const remove = new Set<number>();
    while (remove.size < Math.min(removes, others.length)) remove.add(pick(others).leafIndex);
    const fresh: TestDevice[] = [];
    for (let index = 0; index < adds; index += 1)
      fresh.push(await newDevice(chance(0.4) ? pick(accounts()) : undefined));
    const add = await Promise.all(
      fresh.map(async ({ crypto }) => (await crypto.makeKeyPackages(1))[0] ?? new Uint8Array(0)),
    );
    await commit(device, () => device.crypto.prepareCommit(groupId, { add, remove: [...remove] }));
  }

  /** A device loses its state and comes back as another device of its account, whose old leaf goes. */
  async function rejoin(): Promise<void> {
    const lost = pick(members());
    const groupInfo = server.groupInfo();
    if (groupInfo === null) return;
    const restored = await newDevice(lost.accountId);
    const leaf = await leafOf(restored, groupInfo, lost);
    await commit(restored, () => restored.crypto.joinExternally(groupId, groupInfo, leaf));
  }

  async function leafOf(device: TestDevice, groupInfo: Uint8Array, lost: TestDevice): Promise<number> {
    const { readGroupInfo } = await import('../inspect.ts');
    const key = toBase64url(await lost.crypto.signatureKey());
    const member = readGroupInfo(groupInfo)?.members.find(
      ({ signatureKey }) => toBase64url(signatureKey) === key,
    );
    if (member === undefined)
      throw new Error(`${device.deviceId} does not find the leaf of ${lost.deviceId}`);
    return member.leafIndex;
  }

  /** Two prepare for the same epoch; one of them wins. */
  async function race(): Promise<void> {
    const rivals = members().filter((_, index) => index < 6);
    const [one, two] = [pick(rivals), pick(rivals)];
    if (one === two || !(await isIn(one)) || !(await isIn(two))) return;
    await fetch(one, true);
    await fetch(two, true);
    if (!(await isIn(one)) || !(await isIn(two))) return;
    const first = await one.crypto.prepareCommit(groupId, {});
    const second = await two.crypto.prepareCommit(groupId, {
      add: await (await newDevice()).crypto.makeKeyPackages(1),
    });
    if (!server.commit(first) || server.commit(second)) throw new Error('the server took both, or none');
    count('race');
    await fetch(two, true);
    if ((await two.crypto.pendingCommit(groupId)) !== null)
      throw new Error('a commit waits for an epoch that is over');
  }

  async function operation(): Promise<void> {
    const here = members();
    const device = pick(here);
    if (!(await isIn(device))) return fetch(device);
    if ((await device.crypto.pendingCommit(groupId)) !== null) return fetch(device, true);
    const room = maximumMembers - here.length;
    const roll = below(100);
    if (roll < 45) return send(device);
    if (roll < 70) return fetch(device);
    if (roll < 78 && room > 0) return change(device, 1 + below(Math.min(2, room)), 0);
    if (roll < 83 && here.length > 3) return change(device, 0, 1);
    if (roll < 89 && here.length > 3) return change(device, 1, 1 + below(2));
    if (roll < 93) return change(device, 0, 0);
    if (roll < 97) return rejoin();
    return race();
  }

  /** All catch up, agree on the group, and read one more message, one of them after its process has started anew. */
  async function agree(): Promise<void> {
    for (const device of members()) await fetch(device, true);
    const views = new Set<string>();
    for (const device of members()) {
      const roster = await device.crypto.members(groupId);
      const epoch = await device.crypto.epoch(groupId);
      views.add(`${epoch} ${roster.map(({ leafIndex, deviceId }) => `${leafIndex}:${deviceId}`)}`);
    }
    if (views.size !== 1) throw new Error(`different views: ${[...views].join(' | ')}`);
    const [view] = views;
    const seats = members()
      .map(({ deviceId }) => deviceId)
      .sort();
    const seated = (view ?? '')
      .split(/[ ,]/)
      .slice(1)
      .map((seat) => seat.slice(seat.indexOf(':') + 1));
    if (seated.sort().join() !== seats.join())
      throw new Error(`the tree holds ${seated}, the server ${seats}`);
    const restarted = pick(members());
    devices.set(restarted.deviceId, await testDevice(restarted.deviceId, { store: restarted.store }));
    await send(pick(members()));
    for (const device of members()) await fetch(device, true);
    for (const [name, texts] of expected)
      if (server.members.has(name) && texts.size > 0) throw new Error(`${name} missed ${[...texts]}`);
  }

  const founder = await newDevice();
  await founder.crypto.create(groupId);
  server.begin(founder.deviceId);
  await change(founder, 3, 0);
  await fetch(founder);
  return { operation, agree, gone, counts, members, server };
}
