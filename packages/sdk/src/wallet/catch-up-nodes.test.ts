import { createHash } from 'node:crypto';
import { concatBytes, keyPairOfSeed, Secret, toBase58 } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HexkeyClient } from '../create-hexkey.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { faultyFetch, noProgress, testClient } from '../testing/test-client.ts';
import {
  newWalletPerson,
  startLedger,
  type TestLedger,
  type WalletPerson,
  walletDeps,
  walletPin,
  walletPorts,
} from '../testing/wallet-people.ts';
import type { Passkeys } from './pay/passkeys.ts';
import type { Approval } from './wallet.ts';

let network: TestNetwork;
let ledger: TestLedger;
let ada: WalletPerson;
const { fetch, dead } = faultyFetch();
const byPin: Approval = { pin: walletPin };
const stranger = toBase58(keyPairOfSeed(new Secret(new Uint8Array(32).fill(9))).publicKey);

const passkeys: Passkeys = {
  availability: async () => 'yes',
  create: async (_, salt) => {
    const credentialId = Uint8Array.of(7);
    return { credentialId, output: await passkeys.evaluate(credentialId, salt) };
  },
  evaluate: async (credentialId, salt) =>
    new Secret(Uint8Array.from(createHash('sha256').update(concatBytes(credentialId, salt)).digest())),
};

beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2), startLedger()]);
  ada = await newWalletPerson(network, ledger, {
    fetch,
    wallet: { ...walletPorts(ledger, 'ada'), passkeys },
  });
  await ada.wallet.requestTestFunds(null);
}, 300_000);
afterAll(async () => {
  await Promise.all([network.stop(), ledger.stop()]);
});

async function pay({ wallet }: Pick<HexkeyClient, 'wallet'>, amount: bigint, approval: Approval) {
  const to = { address: stranger };
  const { intentId } = await wallet.quote({ to, mint: null, amount, memo: null });
  return wallet.send(intentId, approval, noProgress);
}
/** While one node is away both others are needed: what either refuses is not paid. */
async function without<T>(node: number, work: () => Promise<T>): Promise<T> {
  dead.add(network.addressOf(node));
  try {
    return await work();
  } finally {
    dead.clear();
  }
}

test('a node that was away when limits, an approval and a pay key were set has them after the next PIN', async () => {
  const { limits } = await ada.wallet.limits();
  await ada.wallet.setLimits({ ...limits, lamportsPerDay: 10_000_000n }, walletPin);
  const tablet = testClient(network, { ...walletDeps(ledger), fetch });
  await tablet.loginWithWords(ada.words);
  await tablet.unlock(walletPin, noProgress);
  await tablet.settled();
  await ada.client.settled();
  const [onHold] = await ada.wallet.devicesOnHold();
  const shown = await tablet.wallet.state();
  const code = shown.is === 'ready' ? shown.deviceCode : '';

  await without(2, async () => {
    await ada.wallet.approveDevice(onHold?.sessionId ?? '', code, walletPin);
    await ada.wallet.setLimits({ ...limits, lamportsPerDay: 100_000_000n }, walletPin);
    await ada.wallet.passkeyPay.enable(walletPin, 15 * 60_000);
    await ada.client.settled();
  });
  // It does not hold them yet: whoever needs it is refused.
  await without(0, async () => {
    await expect(pay(ada, 1_000_000n, { passkey: true })).rejects.toThrow();
  });

  await ada.client.checkPin(walletPin, noProgress);
  await ada.client.settled();
  await without(0, async () => {
    expect(await pay(ada, 1_000_001n, { passkey: true })).toMatchObject({ state: 'confirmed' });
    expect(await pay(tablet, 1_000_002n, byPin)).toMatchObject({ state: 'confirmed' });
    await expect(pay(ada, 50_000_000n, byPin)).rejects.toMatchObject({ name: 'OverLimit' });
    await ada.client.settled();
    await tablet.settled();
  });

  // The raise waits a day at every node, from when that node was told.
  network.clock.advance(24 * 3_600_000);
  await without(0, async () => {
    expect(await pay(ada, 50_000_001n, byPin)).toMatchObject({ state: 'confirmed' });
    await ada.client.settled();
  });
}, 300_000);
