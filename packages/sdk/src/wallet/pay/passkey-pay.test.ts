import { createHash } from 'node:crypto';
import { DomainError } from '@hexkey/contract';
import { concatBytes, Secret } from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryVault } from '../../storage/memory-vault.ts';
import { startNetwork, type TestNetwork } from '../../testing/network.ts';
import { noProgress, pinOf, testClient } from '../../testing/test-client.ts';
import {
  held,
  newWalletPerson,
  startLedger,
  type TestLedger,
  type WalletPerson,
  walletDeps,
  walletPin,
  walletPorts,
} from '../../testing/wallet-people.ts';
import type { Passkeys } from './passkeys.ts';

let network: TestNetwork;
let ledger: TestLedger;
let ada: WalletPerson;
let ben: WalletPerson;
const minute = 60_000;

/** An authenticator whose owner may look away. */
const authenticator = { isShown: true };
const passkeys: Passkeys = {
  availability: async () => 'yes',
  create: async (_, salt) => {
    const credentialId = Uint8Array.of(7);
    return { credentialId, output: await passkeys.evaluate(credentialId, salt) };
  },
  async evaluate(credentialId, salt) {
    if (!authenticator.isShown) throw new DomainError('PasskeyRefused', {});
    return new Secret(Uint8Array.from(createHash('sha256').update(concatBytes(credentialId, salt)).digest()));
  },
};

beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2), startLedger()]);
  ada = await newWalletPerson(network, ledger, { wallet: { ...walletPorts(ledger, 'ada'), passkeys } });
  ben = await newWalletPerson(network, ledger);
  await ada.wallet.requestTestFunds(null);
}, 300_000);
beforeEach(() => {
  authenticator.isShown = true;
});
afterAll(async () => {
  await Promise.all([network.stop(), ledger.stop()]);
});

let amount = 1_000_000n;
async function payWithPasskey() {
  amount += 1n;
  const { intentId } = await ada.wallet.quote({
    to: { address: ben.address },
    mint: null,
    amount,
    memo: null,
  });
  return ada.wallet.send(intentId, { passkey: true }, noProgress);
}
const payState = () => ada.wallet.passkeyPay.state();

test('a passkey pays within its window since the last typed PIN, and not after it', async () => {
  expect(await payState()).toEqual({ is: 'off' });
  await expect(payWithPasskey()).rejects.toMatchObject({ name: 'PasskeyRefused' });
  await expect(ada.wallet.passkeyPay.enable(walletPin, 12345)).rejects.toMatchObject({
    name: 'InvalidField',
  });
  await ada.wallet.passkeyPay.enable(walletPin, 15 * minute);
  expect(await payState()).toEqual({ is: 'on', windowMs: 15 * minute, pinNeeded: false });
  const before = await held(ben, null);
  expect(await payWithPasskey()).toMatchObject({ state: 'confirmed' });
  expect(await held(ben, null)).toBe(before + amount);

  network.clock.advance(15 * minute);
  expect(await payState()).toMatchObject({ pinNeeded: true });
  // The server refuses what the client of a thief would still try, and so does each node.
  await expect(payWithPasskey()).rejects.toMatchObject({ name: 'PinNeededAgain' });
  await ada.client.checkPin(walletPin, noProgress);
  await ada.client.settled();
  expect(await payWithPasskey()).toMatchObject({ state: 'confirmed' });
});

test('what the passkey opens is not the PIN: it raises no limit and shows no words', async () => {
  const { accountId } = await ada.client.account();
  const { pay } = await ada.vault.walletBook(accountId);
  // A seed and a key, 32 bytes each, with the nonce and the tag of the seal.
  expect(pay?.sealed).toHaveLength(24 + 64 + 16);
});

test('one failed use wipes it, and so does switching it off, which needs neither PIN nor network', async () => {
  authenticator.isShown = false;
  await expect(payWithPasskey()).rejects.toMatchObject({ name: 'PasskeyRefused' });
  expect(await payState()).toEqual({ is: 'off' });
  authenticator.isShown = true;
  await expect(payWithPasskey()).rejects.toMatchObject({ name: 'PasskeyRefused' });

  await ada.wallet.passkeyPay.enable(walletPin, 30 * minute);
  const offline = testClient(network, {
    ...walletDeps(ledger),
    vault: ada.vault,
    fetch: async () => {
      throw new TypeError('fetch failed');
    },
  });
  await offline.start();
  await offline.wallet.passkeyPay.disable();
  await offline.settled();
  expect(await payState()).toEqual({ is: 'off' });
});

test('a PIN change wipes it, at the server too', async () => {
  const next = pinOf('314159');
  await ada.wallet.passkeyPay.enable(walletPin, 30 * minute);
  const { accountId } = await ada.client.account();
  const { pay } = await ada.vault.walletBook(accountId);
  await ada.client.changePin(walletPin, next, noProgress);
  await ada.client.settled();
  expect(await payState()).toEqual({ is: 'off' });
  // A copy of what was kept opens as before, and pays nothing.
  await ada.vault.changeWalletBook(accountId, (book) => ({ ...book, pay }));
  await expect(payWithPasskey()).rejects.toMatchObject({ name: 'PinNeededAgain' });
  await ada.client.changePin(next, walletPin, noProgress);
});

test('without an authenticator it says so', async () => {
  expect(await ben.wallet.passkeyPay.state()).toEqual({ is: 'unavailable', why: 'no-webauthn' });
});

test('a log out wipes it: whoever logs in here next, the owner too, types the PIN', async () => {
  const given = { vault: memoryVault(), wallet: { ...walletPorts(ledger, 'ada’s other'), passkeys } };
  const other = testClient(network, { ...walletDeps(ledger), ...given });
  await other.loginWithWords(ada.words);
  await other.unlock(walletPin, noProgress);
  await other.settled();
  const { accountId } = await other.account();
  await other.wallet.passkeyPay.enable(walletPin, 30 * minute);
  expect(await other.wallet.passkeyPay.state()).toMatchObject({ is: 'on' });
  expect((await given.vault.walletBook(accountId)).pay).not.toBeNull();
  const backup = await other.recoveryKit.openWords(walletPin);
  await backup.confirm(ada.words);
  backup.close();
  await other.logOut(walletPin);
  await other.settled();
  expect((await given.vault.walletBook(accountId)).pay).toBeNull();
  await other.loginWithWords(ada.words);
  await other.unlock(walletPin, noProgress);
  await other.settled();
  expect(await other.wallet.passkeyPay.state()).toEqual({ is: 'off' });
});
