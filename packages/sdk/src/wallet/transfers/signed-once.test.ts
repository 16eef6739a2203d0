import { DomainError, problemOf, routes } from '@hexkey/contract';
import { decodeWalletRequest } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fetch } from '../../deps.ts';
import { dyingFetch } from '../../testing/dying-wallet.ts';
import { startNetwork, type TestNetwork } from '../../testing/network.ts';
import { noProgress, pinOf } from '../../testing/test-client.ts';
import {
  held,
  newWalletPerson,
  restartedPerson,
  startLedger,
  type TestLedger,
  type WalletPerson,
  walletPin,
} from '../../testing/wallet-people.ts';

let network: TestNetwork;
let ledger: TestLedger;
let ada: WalletPerson;
let ben: WalletPerson;

beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2), startLedger()]);
  ada = await newWalletPerson(network, ledger);
  ben = await newWalletPerson(network, ledger);
  await ada.wallet.requestTestFunds(null);
}, 300_000);
afterAll(async () => {
  await Promise.all([network.stop(), ledger.stop()]);
});

/** Begins a payment in a client that dies after so many requests. */
async function stoppedPayment(steps: number): Promise<string> {
  const dying = await restartedPerson(network, ledger, ada, { fetch: dyingFetch(fetch, steps, false) });
  const order = { to: { address: ben.address }, mint: null, amount: 1_000_000n, memo: null };
  const { intentId } = await dying.wallet.quote(order);
  await expect(dying.wallet.send(intentId, { pin: walletPin }, noProgress)).rejects.toMatchObject({
    name: expect.stringMatching(/^(?:Offline|NodesUnavailable)$/),
  });
  await dying.settled();
  return intentId;
}

/** Notes what the nodes are asked about signing. */
function watchedSigning() {
  const asked: string[] = [];
  const watched: Fetch = (url, init) => {
    if (url.endsWith('/wallet') && init.body instanceof Uint8Array && !url.startsWith(network.origin)) {
      const { kind } = decodeWalletRequest(init.body);
      if (kind === 'Prepare' || kind === 'Share') asked.push(kind);
    }
    return fetch(url, init);
  };
  return { asked, watched };
}

test('what is signed is never signed again: it is sent as it is kept, and neither a PIN nor a node is asked', async () => {
  const before = await held(ben, null);
  // Announced, two prepared, two shares: signed. It stops before the server gets the bytes.
  const intentId = await stoppedPayment(5);
  const { asked, watched } = watchedSigning();
  const client = await restartedPerson(network, ledger, ada, { fetch: watched });
  const kept = (await client.wallet.transfer(intentId)).signature;
  expect(kept).not.toBeNull();
  const sent = await client.wallet.send(intentId, { pin: pinOf('000000') }, noProgress);
  expect(sent).toMatchObject({ state: 'confirmed', signature: kept });
  expect(asked).toEqual([]);
  expect(await held(ben, null)).toBe(before + 1_000_000n);
}, 300_000);

test('what can never be paid any more is not signed: no node hears of a message whose blockhash is over', async () => {
  const before = await held(ben, null);
  const intentId = await stoppedPayment(2);
  ledger.advance(400 * 400);
  const { asked, watched } = watchedSigning();
  const client = await restartedPerson(network, ledger, ada, { fetch: watched });
  await expect(client.wallet.send(intentId, { pin: walletPin }, noProgress)).rejects.toMatchObject({
    name: 'TransferExpired',
  });
  expect(asked).toEqual([]);
  expect(await held(ben, null)).toBe(before);
}, 300_000);

test('whoever deletes their account between the review and the PIN is not paid: no node is asked to sign', async () => {
  const before = await held(ben, null);
  const { asked, watched } = watchedSigning();
  const refusal = problemOf(new DomainError('AccountDeleted', {}));
  const refusing: Fetch = (url, init) =>
    url.endsWith(routes.createTransfer.path) && init.method === routes.createTransfer.method
      ? Promise.resolve(Response.json(refusal, { status: refusal.status }))
      : watched(url, init);
  const client = await restartedPerson(network, ledger, ada, { fetch: refusing });
  const order = { to: { hexkeyId: ben.hexkeyId }, mint: null, amount: 3_000_000n, memo: null };
  const { intentId } = await client.wallet.quote(order);
  await expect(client.wallet.send(intentId, { pin: walletPin }, noProgress)).rejects.toMatchObject({
    code: 20160,
  });
  expect(asked).toEqual([]);
  expect(await held(ben, null)).toBe(before);
}, 300_000);
