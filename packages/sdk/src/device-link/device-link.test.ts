import { Secret } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import type { Hexkey } from '../hexkey.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf, testClient } from '../testing/test-client.ts';
import type { LinkState } from './device-links.ts';
import { formatLinkCode, parseLinkCode } from './link-code.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
let owner: Hexkey;
let words: ReturnType<Hexkey['newWords']>;
beforeAll(async () => {
  network = await startNetwork(2);
  owner = testClient(network);
  words = owner.newWords();
  await owner.registerWithWords(words);
  await owner.setPin(pin, noProgress);
});
afterAll(() => network.stop());

const pin = pinOf('271828');
const never = () => new AbortController().signal;

/** Link id, HPKE key and thumbprint. */
const partsOf = (code: Secret<string>) => (code.reveal().split('#1.')[1] ?? '').split('.');

/** A new device that shows codes. */
function newDevice(given: Parameters<typeof testClient>[1] = {}, signal = never()) {
  const client = testClient(network, given);
  const states: LinkState[] = [];
  const shown = client.deviceLinks.show((state) => states.push(state), signal);
  // Tests await it later: until then a refusal is nobody's bug.
  shown.catch(() => undefined);
  const code = async (count = 1) => {
    const codes = () => states.flatMap((state) => (state.step === 'code' ? [state.code] : []));
    await vi.waitUntil(() => codes().length >= count, { timeout: 60_000, interval: 5 });
    return codes()[count - 1] as Secret<string>;
  };
  return { client, states, shown, code };
}

/** Changes answers of one route on their way. */
const tampering =
  (path: string, change: (answer: Record<string, unknown>) => void): Fetch =>
  async (url, init) => {
    const answer = await fetch(url, init);
    if (!url.endsWith(path) || !answer.ok) return answer;
    const document = (await answer.json()) as Record<string, unknown>;
    change(document);
    return Response.json(document);
  };

test('a new device shows its code, is scanned and approved with the PIN, and stands before its own PIN gate with the same words', async () => {
  const { client, states, shown, code } = newDevice({ device: { name: 'New phone', platform: 'web' } });
  const found = await owner.deviceLinks.open(await code());
  expect(found).toMatchObject({ name: 'New phone', platform: 'web', place: '127.0.0.1' });
  await vi.waitUntil(() => states.at(-1)?.step === 'scanned', { timeout: 60_000, interval: 5 });
  await found.approve(pin);
  expect(await shown).toMatchObject({ at: 'enter-pin', session: { state: 'locked' } });
  await expect(client.account()).rejects.toMatchObject({ name: 'Forbidden' });
  expect(await client.unlock(pin, noProgress)).toMatchObject({ at: 'home' });
  expect((await client.viewWords(pin)).reveal()).toEqual(words.reveal());
  expect(await client.holdsOnlyCopyOfWords()).toBe(false);
  expect((await owner.devices()).map(({ name }) => name)).toContain('New phone');
});

test('neither E nor the key that the code shows is in any request of either side', async () => {
  const sent: string[] = [];
  const listening: Fetch = async (url, init) => {
    const body = (init.body as Uint8Array | undefined) ?? new Uint8Array();
    sent.push(url, JSON.stringify(init.headers), Buffer.from(body).toString('latin1'));
    return fetch(url, init);
  };
  const first = testClient(network, { fetch: listening });
  await first.loginWithWords(words);
  await first.unlock(pin, noProgress);
  sent.length = 0;
  const { shown, code } = newDevice({ fetch: listening });
  const scanned = await code();
  await (await first.deviceLinks.open(scanned)).approve(pin);
  expect(await shown).toMatchObject({ at: 'enter-pin' });
  const all = sent.join('\n');
  const [linkId, hpkeKey] = partsOf(scanned);
  // Not `toContain`: a failure would print what was sent.
  expect(all.includes(linkId as string)).toBe(true);
  expect(all.includes(hpkeKey as string)).toBe(false);
  expect(all.includes(pin.reveal())).toBe(false);
});

test('a server that swaps the device key or the link gets nothing: the seal it passes on opens nowhere, and nothing is kept', async () => {
  const vault = memoryVault();
  const other = testClient(network);
  await other.registerWithWords(other.newWords());
  await other.setPin(pin, noProgress);
  const swapped = tampering('/logins/device-link', (answer) => {
    if (answer.state !== 'approved') return;
    const session = answer.session as { accountId: string };
    answer.session = {
      ...session,
      accountId: session.accountId.replace(/^./, (c) => (c === '0' ? '1' : '0')),
    };
  });
  const { client, shown, code } = newDevice({ vault, fetch: swapped });
  await (await owner.deviceLinks.open(await code())).approve(pin);
  await expect(shown).rejects.toMatchObject({ name: 'LinkNotGenuine' });
  expect(client.place).toEqual({ at: 'signed-out' });
  expect(await vault.currentAccount()).toBeNull();
});

test('a seal made by somebody who has not seen the code opens nowhere', async () => {
  const decoy = newDevice();
  const decoyKey = parseLinkCode(await decoy.code())?.hpkeKey as Uint8Array;
  const { shown, code } = newDevice();
  const link = parseLinkCode(await code());
  if (link === null) throw new Error('the code is none');
  const forged = formatLinkCode('https://hexkey.example', { ...link, hpkeKey: decoyKey });
  const before = (await owner.devices()).length;
  await (await owner.deviceLinks.open(forged)).approve(pin);
  await expect(shown).rejects.toMatchObject({ name: 'LinkNotGenuine' });
  // Nor is anybody left standing before the PIN.
  expect(await owner.devices()).toHaveLength(before);
});

test('that a link was not genuine is said although its login cannot be dropped', async () => {
  const decoy = newDevice();
  const decoyKey = parseLinkCode(await decoy.code())?.hpkeKey as Uint8Array;
  const deaf: Fetch = async (url, init) => {
    if (init.method === 'DELETE') throw new TypeError('fetch failed');
    return fetch(url, init);
  };
  const { shown, code } = newDevice({ fetch: deaf });
  const link = parseLinkCode(await code());
  if (link === null) throw new Error('the code is none');
  const forged = formatLinkCode('https://hexkey.example', { ...link, hpkeKey: decoyKey });
  await (await owner.deviceLinks.open(forged)).approve(pin);
  await expect(shown).rejects.toMatchObject({ name: 'LinkNotGenuine' });
});

test('a code with another device key is refused, and the one that was shown still works', async () => {
  const decoy = parseLinkCode(await newDevice().code());
  const { shown, code } = newDevice();
  const link = parseLinkCode(await code());
  if (link === null || decoy === null) throw new Error('a code is none');
  const { deviceKeyThumbprint } = decoy;
  const swapped = formatLinkCode('https://hexkey.example', { ...link, deviceKeyThumbprint });
  await expect(owner.deviceLinks.open(swapped)).rejects.toMatchObject({ name: 'NotFound' });
  await (await owner.deviceLinks.open(await code())).approve(pin);
  expect(await shown).toMatchObject({ at: 'enter-pin' });
});

test('a wrong PIN approves nothing; the right one then does', async () => {
  const { states, shown, code } = newDevice();
  const found = await owner.deviceLinks.open(await code());
  await expect(found.approve(pinOf('314159'))).rejects.toMatchObject({ name: 'WrongPin' });
  await vi.waitUntil(() => states.at(-1)?.step === 'scanned', { timeout: 60_000, interval: 5 });
  await found.approve(pin);
  expect(await shown).toMatchObject({ at: 'enter-pin' });
});

test('a code is replaced after a minute by another under new keys; the old one serves nobody', async () => {
  const { shown, code } = newDevice();
  const first = await code(1);
  network.clock.advance(60_000);
  const second = await code(2);
  await expect(owner.deviceLinks.open(first)).rejects.toMatchObject({ name: 'NotFound' });
  for (const part of partsOf(first)) expect(partsOf(second)).not.toContain(part);
  await (await owner.deviceLinks.open(second)).approve(pin);
  expect(await shown).toMatchObject({ at: 'enter-pin' });
});

test('an approval whose answers are lost is collected when the network is back', async () => {
  let isLosing = false;
  let lost = 0;
  const losing: Fetch = async (url, init) => {
    const answer = await fetch(url, init);
    if (!isLosing || !url.endsWith('/logins/device-link')) return answer;
    lost += 1;
    throw new TypeError('fetch failed');
  };
  const { shown, code } = newDevice({ fetch: losing });
  const found = await owner.deviceLinks.open(await code());
  const before = (await owner.devices()).length;
  isLosing = true;
  await found.approve(pin);
  await vi.waitUntil(() => lost > 3, { timeout: 60_000, interval: 5 });
  isLosing = false;
  expect(await shown).toMatchObject({ at: 'enter-pin' });
  expect(await owner.devices()).toHaveLength(before + 1);
});

test('a page that is left asks no more and is logged in nowhere', async () => {
  const control = new AbortController();
  let requests = 0;
  const counting: Fetch = (url, init) => {
    requests += 1;
    return fetch(url, init);
  };
  const { client, shown, code } = newDevice({ fetch: counting }, control.signal);
  await code();
  control.abort();
  expect(await shown).toBeNull();
  const asked = requests;
  await owner.devices();
  expect(requests).toBe(asked);
  expect(client.place).toEqual({ at: 'signed-out' });
});

test('what is no code is said to be none, and nobody is asked', async () => {
  const shown = formatLinkCode('https://hexkey.example', {
    linkId: '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e',
    hpkeKey: new Uint8Array(32).fill(9),
    deviceKeyThumbprint: 'A'.repeat(43),
  });
  expect(parseLinkCode(new Secret(` ${shown.reveal()}\n`))?.hpkeKey).toEqual(new Uint8Array(32).fill(9));
  for (const text of ['', 'hello', 'https://hexkey.example/i/123456789', shown.reveal().slice(0, -1)])
    await expect(owner.deviceLinks.open(new Secret(text))).rejects.toMatchObject({ name: 'NotALinkCode' });
  // A second spelling of the same bytes.
  expect(parseLinkCode(new Secret(shown.reveal().replace('CQk.', 'CQl.')))).toBeNull();
});

test('a code whose key nothing can be sealed to is refused', async () => {
  const { code } = newDevice();
  const link = parseLinkCode(await code());
  if (link === null) throw new Error('the code is none');
  const useless = formatLinkCode('https://hexkey.example', { ...link, hpkeKey: new Uint8Array(32) });
  const found = await owner.deviceLinks.open(useless);
  await expect(found.approve(pin)).rejects.toMatchObject({ name: 'NotALinkCode' });
});
