import { decodeMoveAnswer, decodeMoveRequest, type MoveRequest } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { testDevice } from '../testing/test-channel.ts';
import { noProgress } from '../testing/test-client.ts';
import type { TestNodes } from '../testing/test-nodes.ts';
import {
  newWalletPerson,
  walletPin as pin,
  restartedPerson,
  startLedger,
  type TestLedger,
  type WalletPerson,
} from '../testing/wallet-people.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let ledger: TestLedger;
let network: TestNetwork;
let next: TestNodes;
let owners: readonly WalletPerson[];
beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2), startLedger()]);
  next = await network.addSet(2);
  owners = [await newWalletPerson(network, ledger), await newWalletPerson(network, ledger)];
  network.clock.advance(11 * 60_000);
  await network.serves([network.document, next.document]);
});
afterAll(() => Promise.all([network.stop(), ledger.stop()]));

const kindOf = (init: RequestInit) => decodeMoveRequest(init.body as Uint8Array).kind;

test('a dealer whose part does not verify is left out, and another deals in its place', async () => {
  const owner = owners[0] ?? expect.fail('no owner');
  const dealers: string[] = [];
  // The first to answer signs what it did not send.
  const altering: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (!url.endsWith('/move') || kindOf(init) !== 'Deal') return response;
    dealers.push(url);
    if (url !== dealers[0]) return response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const answer = decodeMoveAnswer(bytes, 'Deal');
    const signature = answer.outcome === 'Ok' ? answer.messages.at(-1)?.signature : undefined;
    const place = Buffer.from(bytes).indexOf(Buffer.from(signature ?? expect.fail('nothing was dealt')));
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    return new Response(bytes);
  };
  const client = await restartedPerson(network, ledger, owner, { fetch: altering });
  await client.movePin(pin, noProgress);
  await client.settled();
  expect(new Set(dealers).size).toBe(3);
  expect((await client.pinNodes()).epoch).toBe(2);
  expect(await client.wallet.state()).toMatchObject({ is: 'ready', address: owner.address });
});

test('a new node takes nothing that the old ones or the owner did not sign, and one share; no old node closes for less', async () => {
  const owner = owners[1] ?? expect.fail('no owner');
  const seen = new Map<string, MoveRequest>();
  const holding: Fetch = async (url, init) => {
    if (!url.endsWith('/move')) return fetch(url, init);
    const request = decodeMoveRequest(init.body as Uint8Array);
    const isFirst = !seen.has(request.kind);
    if (isFirst || url.startsWith(next.addressOf(0))) seen.set(request.kind, request);
    if (request.kind === 'Close') throw new TypeError('fetch failed');
    if (request.kind === 'TakeShare' && url.startsWith(next.addressOf(0)) && isHeld)
      throw new TypeError('fetch failed');
    return fetch(url, init);
  };
  let isHeld = true;
  const client = await restartedPerson(network, ledger, owner, { fetch: holding });
  await expect(client.movePin(pin, noProgress)).rejects.toMatchObject({ name: 'SomeNodesAway' });
  await client.settled();
  const take = seen.get('TakeShare');
  if (take?.kind !== 'TakeShare') return expect.fail('no share was given');
  const accountId = (await owner.vault.currentAccount())?.accountId ?? expect.fail('no account');
  const { channel: later } = await testDevice(
    { ...network, set: next.set, document: next.document },
    accountId,
  );
  const realmId = next.set.nodeSet.nodes[0]?.realmId ?? '';
  const outcome = async (request: MoveRequest) => {
    const reply = await later.askMove(realmId, request);
    return reply.ok ? reply.answer.outcome : reply.failure;
  };
  const [first, ...others] = take.dealt;
  const last = take.dealt.at(-1);
  if (first === undefined || last === undefined) return expect.fail('nobody dealt');
  const swapped = [...first.commitment.slice(1), first.commitment[0] as Uint8Array];
  for (const refused of [
    { ...take, order: new Uint8Array(64) },
    { ...take, sealedShares: new Uint8Array(40) },
    { ...take, wallet: { ...take.wallet, epoch: 2 } },
    { ...take, dealt: others },
    { ...take, dealt: [{ ...first, commitment: swapped }, ...others] },
    { ...take, dealt: [{ ...first, signature: null }, ...others] },
    { ...take, dealt: [{ ...first, sealed: new Uint8Array(80) }, ...others] },
  ])
    expect(await outcome(refused)).toBe('Refused');
  // What the client itself dealt has no signature: it is held against the package that the old nodes vouch for.
  for (const cheated of [{ sealed: new Uint8Array(80) }, { commitment: [...last.commitment].reverse() }])
    expect(await outcome({ ...take, dealt: [...take.dealt.slice(0, -1), { ...last, ...cheated }] })).toBe(
      'Cheat',
    );
  expect(await outcome({ ...take, arrived: new Uint8Array(16) })).toBe('Changed');
  expect(await outcome(take)).toBe('Ok');
  expect(await outcome(take)).toBe('Ok');

  // Another dealing waits until no receipt for this one is good any more.
  isHeld = false;
  const again = await restartedPerson(network, ledger, owner, { fetch: holding });
  await expect(again.movePin(pin, noProgress)).rejects.toMatchObject({ name: 'MoveRefused' });
  await again.settled();
  network.clock.advance(31 * 60_000);
  await expect(again.movePin(pin, noProgress)).rejects.toMatchObject({ name: 'NodesUnavailable' });
  await again.settled();
  const close = seen.get('Close');
  if (close?.kind !== 'Close') return expect.fail('nothing was to be closed');
  const { rightPinMark: _, ...ordered } = close;
  const { channel: old } = await testDevice(network, accountId);
  const oldRealm = network.set.nodeSet.nodes[0]?.realmId ?? '';
  const closing = async (request: MoveRequest) => {
    const reply = await old.askMove(oldRealm, request);
    return reply.ok ? reply.answer.outcome : reply.failure;
  };
  expect(await closing({ ...ordered, wallet: null })).toBe('HoldsWallet');
  const { wallet } = ordered;
  if (wallet === null) return expect.fail('the wallet does not go along');
  expect(await closing({ ...ordered, wallet: { ...wallet, left: new Uint8Array(32) } })).toBe('HoldsWallet');
  expect(await closing({ ...ordered, wallet: { ...wallet, arrived: new Uint8Array(32) } })).toBe('Refused');

  const free = await restartedPerson(network, ledger, owner);
  network.clock.advance(31 * 60_000);
  await free.checkPin(pin, noProgress);
  await free.settled();
  expect((await free.pinNodes()).epoch).toBe(2);
  expect(await free.wallet.state()).toMatchObject({ is: 'ready', address: owner.address });
});
