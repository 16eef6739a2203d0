import { toHex } from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maxClockJumpMs } from '../clock/clock-state.ts';
import { sodiumGroup } from '../evaluation/sodium-group.ts';
import { aBlindedInput, aRegistration } from '../testing/a-registration.ts';
import { type NodeNetwork, specifiedLimits, startNodeNetwork } from '../testing/node-network.ts';
import { testDevice } from '../testing/test-device.ts';
import { walletDevice } from '../testing/wallet-device.ts';

let clock: ReturnType<typeof fixedClock>;
let random: ReturnType<typeof seededRandom>;
let network: NodeNetwork;
let node: NodeNetwork['nodes'][number];
let breakDown = false;

beforeEach(async () => {
  clock = fixedClock('2030-01-01');
  random = seededRandom('metrics');
  breakDown = false;
  const group = await sodiumGroup();
  const groupOperations: typeof group = {
    ...group,
    evaluate(input) {
      if (breakDown) throw new Error('a bug');
      return group.evaluate(input);
    },
  };
  const deps = { clock, random, groupOperations };
  network = await startNodeNetwork(1, deps, specifiedLimits, 1000, 0);
  node = network.nodes[0] as typeof node;
});
afterEach(() => network.stop());

const scrape = () => fetch(node.metricsAddress ?? expect.fail('the node has no metrics'));
const lines = async () => (await (await scrape()).text()).split('\n');

test('requests are counted by kind, outcome and status, refusals and failures too', async () => {
  const phone = testDevice(network, { clock, random });
  const registration = aRegistration(random);
  const guess = () =>
    phone.send({ kind: 'Recover2', version: registration.version, blindedInput: aBlindedInput(random) });
  await phone.send({ kind: 'Stage', registration, nodeSetHash: random(32), loginKey: null });
  for (let tries = 0; tries < 11; tries += 1) await guess();
  await phone.send({ kind: 'ReadLog', afterSequence: 0 }, { body: random(9) });
  clock.advance(8 * 24 * 3_600_000);
  breakDown = true;
  await guess();

  const told = await lines();
  const count = (labels: string) => `hexkey_pin_node_requests_total{${labels}}`;
  expect(told).toContain(`${count('kind="Stage",outcome="Ok",status="200"')} 1`);
  expect(told).toContain(`${count('kind="Recover2",outcome="Ok",status="200"')} 10`);
  expect(told).toContain(`${count('kind="Recover2",outcome="Locked",status="200"')} 1`);
  expect(told).toContain(`${count('kind="none",outcome="none",status="401"')} 1`);
  expect(told).toContain(`${count('kind="Recover2",outcome="none",status="500"')} 1`);
  expect(told).toContain('hexkey_pin_node_failures_total 1');
  expect(told).toContain('hexkey_pin_node_request_seconds_count{kind="Recover2"} 12');
  expect(told.some((line) => line.startsWith('process_cpu_user_seconds_total '))).toBe(true);
});

test('requests about wallets are counted by their own kinds and refusals', async () => {
  const phone = walletDevice(network, { clock, random }, 'alice');
  const prepare = {
    kind: 'Prepare',
    wallet: random(32),
    epoch: 1,
    intent: random(16),
    attempt: 1,
    message: random(100),
    signers: [1, 2],
    expiresAtMs: clock.now() + 1000,
  } as const;
  expect(await phone.ask(0, prepare)).toMatchObject({ outcome: 'PinNeeded' });
  expect(await phone.ask(0, prepare)).toMatchObject({ outcome: 'PinNeeded' });
  await phone.ask(0, { kind: 'WalletStatus' });
  const told = await lines();
  const count = (labels: string) => `hexkey_pin_node_requests_total{${labels}}`;
  expect(told).toContain(`${count('kind="Prepare",outcome="PinNeeded",status="200"')} 2`);
  expect(told).toContain(`${count('kind="WalletStatus",outcome="PinNeeded",status="200"')} 1`);
  expect(told).toContain('hexkey_pin_node_request_seconds_count{kind="Prepare"} 2');
  const labels = told.filter((line) => line.startsWith('hexkey_')).join();
  for (const secret of [prepare.wallet, prepare.intent]) expect(labels).not.toContain(toHex(secret));
});

test('the state is told at each scrape, and only the one that holds', async () => {
  const states = async () => (await lines()).filter((line) => line.startsWith('hexkey_pin_node_state{'));
  expect(await states()).toEqual(['hexkey_pin_node_state{state="serving"} 1']);
  await network.stop();
  const monotonic = fixedClock('2030-01-01');
  network = await startNodeNetwork(1, { clock, random, monotonic }, specifiedLimits, 1000, 0);
  node = network.nodes[0] as typeof node;
  clock.advance(maxClockJumpMs);
  expect(await states()).toEqual(['hexkey_pin_node_state{state="clock-jumped"} 1']);
});

test('nothing in the metrics names an account, a device or a request', async () => {
  const userId = 'canary-account';
  const phone = testDevice(network, { clock, random }, userId);
  const registration = aRegistration(random);
  await phone.send({ kind: 'Stage', registration, nodeSetHash: random(32), loginKey: null });
  const labels = (await lines()).filter((line) => line.startsWith('hexkey_')).join('\n');
  expect(labels).not.toContain(userId);
  const words = [...labels.matchAll(/="([^"]*)"/g)].map(([, word]) => word ?? '');
  expect(words.filter((word) => !/^(?:[A-Za-z-]+[123]?|[0-9.]+|\+Inf)$/.test(word))).toEqual([]);
});

test('metrics have a port of their own: the public one serves none, theirs serves nothing else', async () => {
  expect((await fetch(new URL('/metrics', node.address))).status).toBe(404);
  expect((await fetch(`${node.address}metrics`)).status).toBe(404);
  expect((await scrape()).headers.get('content-type')).toContain('version=0.0.4');
  const address = node.metricsAddress ?? '';
  expect((await fetch(address, { method: 'POST' })).status).toBe(405);
  expect((await fetch(new URL('/req', address), { method: 'POST' })).status).toBe(404);
  await network.stop();
  await expect(fetch(address)).rejects.toThrow();
});
