import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@hexkey/pin-node';
import { attemptLogKeptMs } from '@hexkey/protocol';
import { fixedClock } from '@hexkey/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Words } from '../account/words.ts';
import type { HexkeyClient } from '../create-hexkey.ts';
import type { Fetch } from '../deps.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';
import { auditPinHistory } from './audit-pin-history.ts';
import type { PinWarning } from './pin-history.ts';

// A database and nodes of their own start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pin = pinOf('271828');
const wrong = (last: number) => pinOf(`27182${last}`);
const minute = 60_000;

let folder: string;
let network: TestNetwork;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-log-'));
  network = await startNetwork(2, fixedClock('2030-01-01T00:00:00Z'), (node) => {
    mkdirSync(at(`node-${node}`), { recursive: true });
    const settings = { dataDirectory: at(`node-${node}`), realmId: '', databaseUrl: null };
    return openStore(settings, (error) => {
      throw error;
    });
  });
});
afterAll(async () => {
  await network.stop();
  rmSync(folder, { recursive: true });
});

/** An account whose owner has entered the PIN once since it was set. */
async function owner(fetchHeads?: Fetch) {
  const faults = faultyFetch();
  const client = testClient(network, {
    fetch: fetchHeads ?? faults.fetch,
    device: { name: 'Laptop', platform: 'cli' },
  });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  await enter(client);
  return { client, words, faults };
}

/** Time passes, the right PIN is entered, and the logs are read behind it. */
async function enter(client: HexkeyClient, afterMs = 5 * minute): Promise<readonly PinWarning[]> {
  network.clock.advance(afterMs);
  await client.checkPin(pin, noProgress);
  await client.settled();
  return (await client.pinHistory()).warnings;
}

async function loggedIn(words: Words, name: string): Promise<HexkeyClient> {
  const device = testClient(network, { device: { name, platform: 'cli' } });
  await device.loginWithWords(words);
  return device;
}

async function unlocked(words: Words, name: string): Promise<HexkeyClient> {
  const device = await loggedIn(words, name);
  await device.unlock(pin, noProgress);
  await device.settled();
  return device;
}

async function tryWrong(device: HexkeyClient, tries: number): Promise<void> {
  for (let each = 0; each < tries; each += 1) {
    network.clock.advance(2 * minute);
    const entry =
      device.place.at === 'home'
        ? device.checkPin(wrong(each), noProgress)
        : device.unlock(wrong(each), noProgress);
    await expect(entry).rejects.toMatchObject({ name: 'WrongPin' });
    await device.settled();
  }
}

const nodeNamed = (place: number) => network.set.nodeSet.nodes[place];

describe('after a right PIN', () => {
  test('every node’s history is read and verified, and tells what its owner did', async () => {
    const { client } = await owner();
    expect(await enter(client)).toEqual([]);
    const { nodes, events, threshold, readAtMs } = await client.pinHistory();
    expect(readAtMs).toBe(network.clock.now());
    expect(threshold).toBe(2);
    expect(nodes.map(({ verdict, name, operator }) => [verdict, name, operator])).toEqual(
      [0, 1, 2].map((place) => ['ok', `Node ${place}`, `Operator ${place}`]),
    );
    expect(events.map(({ kind, nodes: tellers }) => [kind, tellers.length])).toEqual([
      ['right', 3],
      ['right', 3],
      ['replaced', 3],
    ]);
    expect(events.every(({ isThisDevice, isForeign }) => isThisDevice && !isForeign)).toBe(true);
  });

  test('the screens hear of it, and nothing of it delays the operation', async () => {
    const { client } = await owner();
    let heard = 0;
    client.subscribe(() => {
      heard += 1;
    });
    await client.checkPin(pin, noProgress);
    const before = heard;
    await client.settled();
    expect(heard).toBeGreaterThan(before);
  });
});

describe('attempts that are not the owner’s', () => {
  test('by a thief with another login are flagged at the owner’s next PIN, once, with who tells of them', async () => {
    const { client, words } = await owner();
    const thief = await loggedIn(words, 'Thief');
    await tryWrong(thief, 3);
    const [warning, ...others] = await enter(client);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ kind: 'foreign-attempts', tries: 3, rightPinFollowed: false });
    expect(warning?.kind === 'foreign-attempts' && warning.nodes).toHaveLength(3);
    const flagged = (await client.pinHistory()).events.filter(({ isForeign }) => isForeign);
    expect(flagged.map(({ kind, nodes }) => [kind, nodes.length])).toEqual([
      ['wrong', 3],
      ['wrong', 3],
      ['wrong', 3],
    ]);
    expect(await enter(client)).toEqual([warning]);
    await client.dismissPinWarning(warning?.id ?? '');
    expect((await client.pinHistory()).warnings).toEqual([]);
    expect(await enter(client)).toEqual([]);
  });

  test('are flagged on every device of the owner, also when another one saw them first', async () => {
    const { client, words } = await owner();
    const tablet = await unlocked(words, 'Tablet');
    await enter(client);
    const thief = await loggedIn(words, 'Thief');
    await tryWrong(thief, 1);
    expect(await enter(tablet)).toMatchObject([{ kind: 'foreign-attempts', tries: 1 }]);
    const warnings = await enter(client);
    expect(warnings.map(({ kind }) => kind)).toContain('foreign-attempts');
  });

  test('are told again by a node that was away, without a second warning', async () => {
    const { client, words, faults } = await owner();
    const thief = await loggedIn(words, 'Thief');
    await tryWrong(thief, 2);
    faults.dead.add(network.addressOf(2));
    const [warning] = await enter(client);
    expect(warning).toMatchObject({ kind: 'foreign-attempts', tries: 2 });
    await client.dismissPinWarning(warning?.id ?? '');
    faults.dead.clear();
    expect(await enter(client)).toEqual([]);
    const { nodes, events } = await client.pinHistory();
    expect(nodes.every(({ verdict }) => verdict === 'ok')).toBe(true);
    expect(events.filter(({ isForeign }) => isForeign).map((event) => event.nodes.length)).toEqual([3, 3]);
  });

  test('are not the wrong tries of the owner’s other devices, and those on a new one that ended with the right PIN', async () => {
    const { client, words } = await owner();
    const tablet = await unlocked(words, 'Tablet');
    expect(await enter(client)).toMatchObject([{ kind: 'new-device', name: 'Tablet' }]);
    await tryWrong(tablet, 2);
    const phone = await loggedIn(words, 'Phone');
    await tryWrong(phone, 2);
    await phone.unlock(pin, noProgress);
    await phone.settled();
    const warnings = await enter(client);
    expect(warnings.map((warning) => warning.kind === 'new-device' && warning.name)).toEqual([
      'Phone',
      'Tablet',
    ]);
    const { events } = await client.pinHistory();
    expect(events.filter(({ isForeign }) => isForeign)).toEqual([]);
    expect(events.filter(({ kind }) => kind === 'wrong').map(({ deviceName }) => deviceName)).toEqual([
      'Phone',
      'Phone',
      'Tablet',
      'Tablet',
    ]);
  });
});

describe('a node that changes its history is named', () => {
  const copy = (node: number, from: string, to: string) => {
    rmSync(at(to), { recursive: true, force: true });
    cpSync(at(from), at(to), { recursive: true });
    return node;
  };

  test('when yesterday’s copy of its database runs, until the owner accepts it', async () => {
    const { client, words } = await owner();
    await network.restart(1, () => void copy(1, 'node-1', 'yesterday'));
    await enter(client);
    await enter(client, 24 * 60 * minute);
    await network.restart(1, () => void copy(1, 'yesterday', 'node-1'));
    const [warning, ...others] = await enter(client);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      kind: 'node-history',
      realmId: nodeNamed(1)?.realmId,
      name: 'Node 1',
      operator: 'Operator 1',
      verdict: expect.stringMatching(/^(shrank|forked)$/),
    });
    // The file convicts it before others, too.
    const audit = auditPinHistory(await client.exportPinHistory(), network.operatorKey);
    expect(audit.isSound).toBe(false);
    expect(audit.nodes.map(({ conflicts }) => conflicts.length)).toEqual([0, 1, 0]);
    // A device that never saw more than the shared heads names it as well.
    const tablet = await unlocked(words, 'Tablet');
    expect((await tablet.pinHistory()).warnings).toMatchObject([{ kind: 'node-history', name: 'Node 1' }]);

    await client.dismissPinWarning(warning?.id ?? '');
    const kinds = (await enter(client)).map(({ kind }) => kind);
    expect(kinds).not.toContain('node-history');
    const phone = await unlocked(words, 'Phone');
    expect((await phone.pinHistory()).warnings).toEqual([]);
  });

  test('when two copies of its database have grown apart', async () => {
    const { client } = await owner();
    await network.restart(0, () => void copy(0, 'node-0', 'branch'));
    await enter(client);
    await network.restart(0, () => void copy(0, 'branch', 'node-0'));
    for (let entries = 0; entries < 3; entries += 1) await enter(client);
    expect((await client.pinHistory()).warnings).toMatchObject([
      { kind: 'node-history', name: 'Node 0', verdict: 'forked' },
    ]);
  });
});

describe('is no false alarm', () => {
  test('a node that is away for weeks and returns', async () => {
    const { client, faults } = await owner();
    faults.dead.add(network.addressOf(1));
    for (let weeks = 0; weeks < 3; weeks += 1) expect(await enter(client, 7 * 24 * 60 * minute)).toEqual([]);
    const away = (await client.pinHistory()).nodes[1];
    expect(away?.checkedAtMs).toBeLessThan(network.clock.now());
    faults.dead.clear();
    expect(await enter(client)).toEqual([]);
    expect((await client.pinHistory()).nodes.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok']);
  });

  test('entries that are forgotten after a year', async () => {
    const { client } = await owner();
    for (const afterMs of [1, attemptLogKeptMs / 2, attemptLogKeptMs, attemptLogKeptMs + 1, minute])
      expect(await enter(client, afterMs)).toEqual([]);
    expect(auditPinHistory(await client.exportPinHistory(), network.operatorKey).isSound).toBe(true);
  });

  test('the first look of a device that has only the shared heads', async () => {
    const { client, words } = await owner();
    const thief = await loggedIn(words, 'Thief');
    await tryWrong(thief, 1);
    await enter(client);
    const tablet = await unlocked(words, 'Tablet');
    const { warnings, events, nodes } = await tablet.pinHistory();
    expect(warnings).toEqual([]);
    expect(nodes.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok']);
    expect(events.filter(({ isForeign }) => isForeign)).toHaveLength(1);
  });
});

test('heads that a change of the secret made unreadable are replaced quietly, and the next look is checked as before', async () => {
  const { client, words } = await owner();
  const tablet = await unlocked(words, 'Tablet');
  expect((await tablet.pinHistory()).warnings).toEqual([]);
  network.clock.advance(5 * minute);
  const newPin = pinOf('161803');
  await client.changePin(pin, newPin, noProgress, { someoneKnew: true });
  await client.settled();
  const enterNew = async (device: HexkeyClient) => {
    network.clock.advance(5 * minute);
    await device.checkPin(newPin, noProgress);
    await device.settled();
    return (await device.pinHistory()).warnings.filter(({ kind }) => kind !== 'new-device');
  };
  expect(await enterNew(client)).toEqual([]);
  expect(await enterNew(client)).toEqual([]);
  const again = await loggedIn(words, 'Tablet again');
  await again.unlock(newPin, noProgress);
  await again.settled();
  expect((await again.pinHistory()).warnings).toEqual([]);
});

describe('a server that', () => {
  /** Answers the reading of shared heads as told; everything else is honest. */
  function lyingServer() {
    const seen: string[] = [];
    let lie: ((honest: string) => string | null) | null = null;
    const lyingFetch: Fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (init.method !== 'GET' || !url.endsWith('/log-heads')) return response;
      const honest = await response.text();
      seen.push(honest);
      return new Response(lie?.(honest) ?? honest, { status: response.status });
    };
    const say = (next: typeof lie) => {
      lie = next;
    };
    return { fetch: lyingFetch, seen, say };
  }

  test.each([
    ['gives out older heads', 'older', (_: string, seen: readonly string[]) => seen[1] ?? ''],
    ['gives out none', 'missing', () => '{"heads":null}'],
    [
      'gives out damaged ones',
      'unreadable',
      (honest: string) => honest.replace(/"sealed":"..../, '"sealed":"AAAA'),
    ],
  ] as const)('%s is noticed, and the devices go on', async (_, problem, forge) => {
    const server = lyingServer();
    const { client } = await owner(server.fetch);
    for (let entries = 0; entries < 3; entries += 1) expect(await enter(client)).toEqual([]);
    const seen = [...server.seen];
    server.say((honest) => forge(honest, seen));
    expect(await enter(client)).toMatchObject([{ kind: 'heads-rolled-back', problem }]);
    server.say(null);
    await client.dismissPinWarning('heads');
    expect(await enter(client)).toEqual([]);
  });
});

test('what is shared and kept tells nobody anything without the PIN or this device', async () => {
  const requests: Uint8Array[] = [];
  const { client } = await owner(async (url, init) => {
    if (url.endsWith('/log-heads') && init.body) requests.push(init.body as Uint8Array);
    return fetch(url, init);
  });
  await enter(client);
  const sent = requests.map((body) => new TextDecoder().decode(body)).join();
  expect(requests.length).toBeGreaterThan(1);
  expect(sent).not.toContain('Laptop');
  expect(sent).not.toContain(nodeNamed(0)?.realmId);
});

test('a device that has read nothing has an empty history and nothing to export', async () => {
  const { words } = await owner();
  const locked = await loggedIn(words, 'Tablet');
  expect(await locked.pinHistory()).toMatchObject({ readAtMs: null, nodes: [], warnings: [] });
  await expect(locked.exportPinHistory()).rejects.toMatchObject({ name: 'PinHistoryUnread' });
});
