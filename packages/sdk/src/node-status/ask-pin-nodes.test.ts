import { fromBase64url, keyFingerprint } from '@hexkey/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

async function aClient(given: { fetch?: Fetch; timeout?: () => AbortSignal } = {}) {
  const client = testClient(network, given);
  await client.registerWithWords(client.newWords());
  await client.setPin(pinOf('271828'), noProgress);
  return client;
}

/** Answers instead of the first node when it is asked how it is. */
function aFirstNodeThat(answers: () => Promise<Response>): Fetch {
  return (url, init) => (url === network.addressOf(0) ? answers() : fetch(url, init));
}

test('each node is shown as the signed set names it, with what it says about itself', async () => {
  const { nodes, ...set } = await (await aClient()).pinNodes();
  expect(set).toMatchObject({ setId: 'test', epoch: 1, threshold: 2, dominantOperator: null });
  expect(nodes.map(({ name, operator }) => [name, operator])).toEqual([
    ['Node 0', 'Operator 0'],
    ['Node 1', 'Operator 1'],
    ['Node 2', 'Operator 2'],
  ]);
  for (const [place, node] of nodes.entries()) {
    const entry = network.set.nodeSet.nodes[place];
    expect(node).toMatchObject({ state: 'serving', region: 'Test', latencyMs: 0 });
    expect(node.version).toMatch(/^\d/);
    expect(node.fingerprint).toBe(keyFingerprint(fromBase64url(entry?.logKey ?? '')));
  }
});

test('one node that is down or silent delays nothing about the others beyond its own time', async () => {
  const faults = faultyFetch();
  const silence = new AbortController();
  const answered: string[] = [];
  const fetchWhole: typeof faults.fetch = async (url, init) => {
    const response = await faults.fetch(url, init);
    const body = await response.arrayBuffer();
    answered.push(url);
    return new Response(body, response);
  };
  const client = await aClient({ fetch: fetchWhole, timeout: () => silence.signal });
  faults.dead.add(network.addressOf(0));
  faults.silent.add(network.addressOf(1));
  const asked = client.pinNodes();
  // The time is up for everybody: the living node must have answered by then.
  await vi.waitFor(() => expect(answered).toContain(network.addressOf(2)), { timeout: 60_000 });
  silence.abort(new DOMException('time is over', 'TimeoutError'));
  expect((await asked).nodes.map(({ state }) => state)).toEqual([
    'not-answering',
    'not-answering',
    'serving',
  ]);
});

describe('an address that belongs to somebody else is not believed', () => {
  const another = JSON.stringify({ realmID: '00'.repeat(16), name: 'x', version: '1.0.0', state: 'serving' });
  const own = (fields: object) =>
    JSON.stringify({
      realmID: network.set.nodeSet.nodes[0]?.realmId,
      version: '1.0.0',
      state: 'serving',
      ...fields,
    });
  test.each([
    ['another node', () => another, 'another-node'],
    ['a web page', () => '<!doctype html>', 'no-node'],
    ['a state nobody knows', () => own({ state: 'excellent' }), 'no-node'],
    ['a version that is a text of its own', () => own({ version: 'Call +1 555 0100 now' }), 'no-node'],
    ['more than an answer', () => own({ more: 'x'.repeat(5000) }), 'no-node'],
    ['a node whose clock jumped', () => own({ state: 'clock-jumped' }), 'clock-jumped'],
    ['a node that says more than we know', () => own({ mood: 'good' }), 'serving'],
  ])('%s', async (_, body, state) => {
    const client = await aClient({ fetch: aFirstNodeThat(async () => new Response(body())) });
    const [first, second] = (await client.pinNodes()).nodes;
    expect(first?.state).toBe(state);
    expect(second?.state).toBe('serving');
  });
});

test('asking how nodes are tells them nothing about who asks', async () => {
  const requests: RequestInit[] = [];
  const client = await aClient({
    fetch: (url, init) => {
      if (url === network.addressOf(0)) requests.push(init);
      return fetch(url, init);
    },
  });
  await client.pinNodes();
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({ method: 'GET', credentials: 'omit' });
  expect(requests[0]?.headers).toBe(undefined);
  expect(requests[0]?.body).toBe(undefined);
});
