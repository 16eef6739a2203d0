import { isDomainError } from '@hexkey/contract';
import { decodeNodeAnswer, decodeNodeRequest, type NodeRequest } from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import type { Hexkey } from '../hexkey.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf, testClient } from '../testing/test-client.ts';

// A database and nodes of their own start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const [first, second, third] = [pinOf('271828'), pinOf('314159'), pinOf('161803')] as const;
const acceptFewerNodes = true;

let three: TestNetwork;
let five: TestNetwork;
/** The one a test runs on. */
let network: TestNetwork;
beforeAll(async () => {
  three = await startNetwork(2);
  five = await startNetwork(3);
});
beforeEach(() => {
  network = three;
});
afterAll(() => Promise.all([three.stop(), five.stop()]));

/** Past the ten minutes in which a node lets a device that has shown the PIN replace a record. */
const forgetProofs = () => network.clock.advance(11 * 60_000);

/** Whether a request to a node is lost on the way there. */
type Loss = (node: number, request: NodeRequest, send: () => Promise<Response>) => boolean;
const nothing: Loss = () => false;
const away =
  (...nodes: readonly number[]): Loss =>
  (node) =>
    nodes.includes(node);

function lossy(isLost: Loss): Fetch {
  return async (url, init) => {
    const places = network.set.nodeSet.nodes.map((_, place) => place);
    const node = places.find((place) => url.startsWith(network.addressOf(place)));
    if (node !== undefined && init.body instanceof Uint8Array)
      if (isLost(node, decodeNodeRequest(init.body), () => fetch(url, init)))
        throw new TypeError('fetch failed');
    return fetch(url, init);
  };
}

/** An account without a PIN. Each page is the same device after a restart. */
async function newOwner() {
  const vault = memoryVault();
  const page = async (fetch: Fetch, operate: (client: Hexkey) => Promise<unknown>): Promise<void> => {
    const restarted = testClient(network, { vault, fetch });
    await restarted.start();
    try {
      await operate(restarted);
    } finally {
      await restarted.settled();
    }
  };
  const client = testClient(network, { vault });
  const words = client.newWords();
  await client.registerWithWords(words);
  return { page, words };
}

/** The owner types what it may be until one is right, and gets in on another device too. */
async function expectOnePinOf(owner: Awaited<ReturnType<typeof newOwner>>, pins: readonly (typeof first)[]) {
  forgetProofs();
  let accepted: typeof first | undefined;
  await owner.page(lossy(nothing), async (client) => {
    for (const pin of pins)
      try {
        await client.checkPin(pin, noProgress);
        accepted = pin;
        return;
      } catch (error) {
        if (!isDomainError(error, 'WrongPin')) throw error;
      }
  });
  if (accepted === undefined) throw new Error('none of the PINs is right');
  const tablet = testClient(network);
  await tablet.loginWithWords(owner.words);
  expect(await tablet.unlock(accepted, noProgress)).toMatchObject({ at: 'home' });
  expect((await tablet.viewWords(accepted)).reveal()).toEqual(owner.words.reveal());
  await tablet.settled();
}

const unavailable = { name: expect.stringMatching(/^(Offline|NodesUnavailable)$/) };
const interrupted = (operation: Promise<unknown>) => expect(operation).rejects.toMatchObject(unavailable);

describe('a PIN that fewer than t nodes have committed', () => {
  /** Some nodes are away while the first PIN is set and changed to the second, which only the last one commits. */
  async function behind(...absent: readonly number[]) {
    const owner = await newOwner();
    await owner.page(lossy(away(...absent)), (client) =>
      client.setPin(first, noProgress, { acceptFewerNodes }),
    );
    const last = network.set.nodeSet.nodes.length - 1;
    const isLost: Loss = (node, { kind }) => absent.includes(node) || (node !== last && kind === 'Commit');
    await owner.page(lossy(isLost), (client) =>
      interrupted(client.changePin(first, second, noProgress, { acceptFewerNodes })),
    );
    forgetProofs();
    return owner;
  }

  test.each([1, 2, 3, 4])('is not lost by a change that stops after %i steps', async (steps) => {
    const owner = await behind(0);
    // Node 0 says that it has nothing, so no other PIN can be proven; then it takes nothing either.
    const isLost: Loss = (node, { kind }) => node === 0 && kind === 'Stage';
    await owner.page(mortalFetch(lossy(isLost), steps, false), (client) =>
      interrupted(client.changePin(second, third, noProgress, { acceptFewerNodes })),
    );
    await expectOnePinOf(owner, [second, third]);
  });

  test.each([2, 3, 4])('is not lost by a repair that stops after %i steps', async (steps) => {
    network = five;
    const owner = await behind(0, 1);
    const isLost: Loss = (node, { kind }) => node === 1 && kind === 'Stage';
    // What is done for other nodes never fails the entry.
    await owner.page(mortalFetch(lossy(isLost), steps, false), (client) =>
      client.checkPin(second, noProgress),
    );
    await expectOnePinOf(owner, [second]);
  });
});

test('a Stage that arrives after a restart and another repair displaces nothing', async () => {
  const owner = await newOwner();
  await owner.page(lossy(nothing), (client) => client.setPin(first, noProgress));
  await owner.page(lossy(away(0)), (client) =>
    client.changePin(first, second, noProgress, { acceptFewerNodes }),
  );
  forgetProofs();
  const late: (() => Promise<Response>)[] = [];
  const isHeldBack: Loss = (node, request, send) => {
    const isLate = node === 0 && request.kind === 'Stage' && request.vouchers !== undefined;
    if (isLate) late.push(send);
    return isLate;
  };
  await owner.page(lossy(isHeldBack), (client) => client.checkPin(second, noProgress));
  expect(late).toHaveLength(1);
  // A repair that reaches nodes 0 and 2 and is committed at node 2 only: t copies, one of them staged.
  const isLost: Loss = (node, { kind }) =>
    (node === 1 && kind === 'Stage') || (node === 0 && kind === 'Commit');
  await owner.page(lossy(isLost), (client) => client.checkPin(second, noProgress));

  const reply = await late[0]?.();
  const answer = decodeNodeAnswer(new Uint8Array((await reply?.arrayBuffer()) ?? []), 'Stage');
  expect(answer).toMatchObject({ outcome: 'Changed' });
  await expectOnePinOf(owner, [second]);
});

describe('what was decided before a right PIN arrives after it', () => {
  /** Node 0 has never been there; the change to the second PIN is staged at the others. */
  async function changing(isLost: Loss) {
    const owner = await newOwner();
    await owner.page(lossy(away(0)), (client) => client.setPin(first, noProgress, { acceptFewerNodes }));
    await owner.page(lossy(isLost), (client) =>
      interrupted(client.changePin(first, second, noProgress, { acceptFewerNodes })),
    );
    return owner;
  }
  /** Holds back the first request of a kind to node 1; what else is lost is said by `isLost`. */
  function holdsBack(kind: 'Stage' | 'Commit', isLost: Loss) {
    const late: (() => Promise<Response>)[] = [];
    const isHeldBack: Loss = (node, request, send) => {
      const isLate = node === 1 && request.kind === kind;
      if (isLate) late.push(send);
      return isLate || node === 0 || isLost(node, request, send);
    };
    const arrives = async () => {
      const reply = await late[0]?.();
      return decodeNodeAnswer(new Uint8Array((await reply?.arrayBuffer()) ?? []), kind);
    };
    return { isHeldBack, arrives };
  }
  test('a Stage displaces no record that was proven since', async () => {
    const owner = await changing((node, { kind }) => node === 0 || kind === 'Commit');
    // The first PIN is to win, of which node 2 hears nothing more; then the second one, which only node 2 commits.
    const { isHeldBack, arrives } = holdsBack('Stage', (_, { kind }) => kind === 'Stage');
    await owner.page(lossy(isHeldBack), (client) => interrupted(client.checkPin(first, noProgress)));
    await owner.page(
      lossy((node, { kind }) => node === 0 || (node === 1 && kind === 'Commit')),
      (client) => interrupted(client.checkPin(second, noProgress)),
    );
    expect(await arrives()).toEqual({ kind: 'Stage', outcome: 'Changed' });
    await expectOnePinOf(owner, [second]);
  });

  test('a Commit erases no record that was proven since', async () => {
    const { isHeldBack, arrives } = holdsBack('Commit', (_, { kind }) => kind === 'Commit');
    const owner = await changing(isHeldBack);
    // The first PIN is to win: node 2 has its new record in the place of the second PIN's, node 1 has both.
    await owner.page(
      lossy((node, { kind }) => node === 0 || (node === 1 && kind === 'Stage')),
      (client) => interrupted(client.checkPin(first, noProgress)),
    );
    expect(await arrives()).toEqual({ kind: 'Commit', outcome: 'Changed' });
    await expectOnePinOf(owner, [first]);
  });
});

/** Requests that are named go out in this order, each once what is named before it has been answered, or has happened. */
function inOrder(...names: readonly string[]) {
  const steps = names.map(() => {
    let happens: () => void = () => undefined;
    const happened = new Promise<void>((resolve) => {
      happens = resolve;
    });
    return { happened, happens };
  });
  const happens = (name: string) => steps[names.indexOf(name)]?.happens();
  const fetchOf = (who: string): Fetch => {
    const sent = new Map<string, number>();
    return async (url, init) => {
      const node = network.set.nodeSet.nodes.findIndex((_, place) =>
        url.startsWith(network.addressOf(place)),
      );
      if (node === 0) throw new TypeError('fetch failed');
      if (node === -1 || !(init.body instanceof Uint8Array)) return fetch(url, init);
      const name = `${who} ${decodeNodeRequest(init.body).kind} ${node}`;
      const nth = (sent.get(name) ?? 0) + 1;
      sent.set(name, nth);
      await steps[names.indexOf(`${name}/${nth}`) - 1]?.happened;
      const reply = await fetch(url, init);
      happens(`${name}/${nth}`);
      return reply;
    };
  };
  return { fetchOf, happens };
}

test('two devices that prove two PINs at once, each last at another node, cost nobody the PIN', async () => {
  const owner = await newOwner();
  await owner.page(lossy(away(0)), (client) => client.setPin(first, noProgress, { acceptFewerNodes }));
  let route = lossy(away(0));
  const tablet = testClient(network, { fetch: (url, init) => route(url, init) });
  await tablet.loginWithWords(owner.words);
  await tablet.unlock(first, noProgress);
  await owner.page(
    lossy((node, { kind }) => node === 0 || kind === 'Commit'),
    (client) => interrupted(client.changePin(first, second, noProgress, { acceptFewerNodes })),
  );

  // The second survey of the tablet asks whether t nodes are still its own, and the phone asks before it stages.
  const order = inOrder(
    'phone Recover3 1/1',
    'tablet Recover3 1/1',
    'tablet Recover3 2/1',
    'phone Recover3 2/1',
    'tablet ListVersions 2/2',
    'the tablet is done',
    'phone Stage 2/1',
  );
  route = order.fetchOf('tablet');
  const onTablet = interrupted(tablet.checkPin(second, noProgress)).finally(() =>
    order.happens('the tablet is done'),
  );
  await owner.page(order.fetchOf('phone'), (client) => interrupted(client.checkPin(first, noProgress)));
  await onTablet;
  await tablet.settled();
  await expectOnePinOf(owner, [first, second]);
});
