import { join } from 'node:path';
import { type Browser, freePort, launchChromium } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningHexkey, startHexkey, temporaryFolder } from './harness.ts';
import { compact, installed } from './installed.ts';
import { movingTime } from './moving-time.ts';
import type { Person } from './person.ts';
import {
  assetOf,
  choosePayee,
  confirmWarning,
  fillAmount,
  goTo,
  openBrowser,
  openWallet,
  registerPayer,
  walletPin,
} from './wallet-person.ts';

/**
 * Money over a whole Hexkey: five PIN nodes that sign, the devnet that keeps the ledger, and two people in Chromium. The tests tell one
 * story, in order.
 */
const folder = temporaryFolder();
const data = join(folder.path, 'data');
const time = movingTime(folder.path);
const dayMs = 24 * 60 * 60_000;
let browser: Browser;
let hexkey: RunningHexkey;
let port: number;
let ann: Person;
let bob: Person;
let bobsId: string;

vi.setConfig({ testTimeout: 300_000 });

const start = () => startHexkey(data, port, { ...compact, ...time.env });
beforeAll(async () => void (await installed(data)));
beforeAll(async () => {
  port = await freePort();
  [browser, hexkey] = await Promise.all([launchChromium(), start()]);
});
afterAll(async () => {
  await browser?.close();
  await hexkey?.stop();
  folder.remove();
});

test('a wallet is made while the PIN is set, and the faucet fills it', async () => {
  [ann, bob] = [await openBrowser(browser, hexkey.origin), await openBrowser(browser, hexkey.origin)];
  await Promise.all([registerPayer(ann, 'Ann'), registerPayer(bob, 'Bob')]);
  await goTo(bob, '/profile');
  bobsId = await bob.page
    .getByText(/^\d{9}$/)
    .first()
    .innerText();
  await openWallet(ann);
  await ann.page.getByText('No assets yet').waitFor();
  await ann.press('Get test SOL');
  await assetOf(ann, 'SOL').waitFor();
  await ann.press('Get test tUSD');
  await assetOf(ann, 'tUSD').waitFor();
  await ann.screenshot('wallet-1-filled');
});

test('SOL goes to the person of a chat for the PIN, and its card is on both sides', async () => {
  await goTo(ann, '/chats/new');
  await ann.page.getByLabel('Name or Hexkey ID').fill(bobsId);
  await ann.press('Open chat');
  await ann.sees('Bob');
  await ann.press('Send money');
  await ann.page.getByLabel('Amount in SOL').fill('0.25');
  await ann.page.getByLabel('Note (optional)').fill('For the tea');
  await ann.press('Continue');
  await ann.sees('Check and confirm');
  await confirmWarning(ann, 'I know who this is');
  await ann.press('Pay 0.25 SOL');
  await ann.enterPin(walletPin);
  await ann.sees('Sent');
  await ann.press('To the chat');
  await ann.page.getByText('For the tea').waitFor();

  await goTo(bob, '/chats/requests');
  await bob.page.getByRole('link', { name: /^Ann/ }).click();
  await bob.page.getByText('Says they sent you', { exact: true }).waitFor();
  await bob.press('Check in the wallet');
  await bob.page.getByRole('main').getByText('+0.25 SOL').waitFor();
  await bob.page.getByRole('main').getByText('Received').waitFor();
  await bob.screenshot('wallet-2-received');
  await openWallet(bob);
  await assetOf(bob, 'SOL')
    .getByText(/^0\.25/)
    .waitFor();
});

test('a token goes the same way and arrives on an open wallet; the same once more is asked about, and more than there is is refused before any PIN', async () => {
  await openWallet(bob);
  await choosePayee(ann, bobsId);
  await ann.page.getByLabel('Asset', { exact: true }).selectOption({ label: usd });
  await fillAmount(ann, '12.5');
  await ann.press('Continue');
  await ann.sees('Check and confirm');
  // Bob was paid before: he is no stranger any more.
  expect(await ann.page.getByRole('checkbox').count()).toBe(0);
  await ann.page.getByRole('button', { name: /^Pay 12\.5/ }).click();
  await ann.enterPin(walletPin);
  await ann.sees('Sent');
  // Nobody touches Bob's page.
  await assetOf(bob, 'tUSD')
    .getByText(/^12\.5/)
    .waitFor();

  await choosePayee(ann, bobsId);
  await ann.page.getByLabel('Asset', { exact: true }).selectOption({ label: usd });
  await fillAmount(ann, '1000000');
  await ann.press('Continue');
  await ann.page.getByText('Code 20117').waitFor();
  await fillAmount(ann, '12.5');
  await ann.press('Continue');
  await ann.sees('Check and confirm');
  await ann.page.getByRole('checkbox', { name: 'I want to pay this again' }).waitFor();
  expect(await ann.page.getByRole('button', { name: /^Pay 12\.5/ }).isDisabled()).toBe(true);
  await ann.screenshot('wallet-3-duplicate');
});

test('after the PIN has switched it on, a fingerprint pays in its place', async () => {
  await withAuthenticator(ann);
  await goTo(ann, '/settings/account/security/pin');
  const pays = ann.page.getByRole('switch', { name: 'Pay with Face ID or fingerprint' });
  await pays.click();
  await ann.press('Continue');
  await ann.enterPin(walletPin);
  await ann.page.getByText('You can pay with Face ID or fingerprint now').waitFor();
  await expect.poll(() => pays.isChecked()).toBe(true);

  await choosePayee(ann, bobsId);
  await fillAmount(ann, '0.125');
  await ann.press('Continue');
  await ann.sees('Check and confirm');
  await ann.press('Pay 0.125 SOL');
  await ann.press('Pay with Face ID or fingerprint');
  await ann.sees('Sent');

  await openWallet(bob);
  await assetOf(bob, 'SOL')
    .getByText(/^0\.375/)
    .waitFor();
  await goTo(bob, '/wallet/transfers');
  const received = bob.page.getByRole('main').getByText('Received');
  await expect.poll(() => received.count()).toBe(3);
  // Of a conversation, so known by name.
  await expect.poll(() => bob.page.getByRole('main').getByText('Ann', { exact: true }).count()).toBe(3);
  await bob.screenshot('wallet-4-history');
  await goTo(ann, '/wallet/transfers');
  await expect.poll(() => ann.page.getByRole('main').getByText('Sent', { exact: true }).count()).toBe(3);
});

test('whoever deletes their account can be paid until its day has come, and not afterwards: their Hexkey ID says so before any PIN', async () => {
  await goTo(bob, '/settings/account/delete');
  await bob.press('Continue');
  await bob.enterPin(walletPin);
  await bob.page.getByText('You would lose this').waitFor();
  await bob.press('Continue');
  await bob.sees(/Your account is deleted on/);
  await bob.enterPin(walletPin);
  await bob.page.getByRole('button', { name: 'Existing account' }).waitFor();
  await bob.page.context().close();
  await choosePayee(ann, bobsId);
  await fillAmount(ann, '0.0625');
  await ann.press('Continue');
  await ann.sees('Check and confirm');

  await time.moveOn(31 * dayMs, browser);
  // The server looks who is due when it starts, and every ten minutes.
  expect(await hexkey.stop()).toBe(0);
  hexkey = await start();
  await goTo(ann, '/wallet');
  await ann.enterPin(walletPin);
  await ann.page.getByRole('link', { name: 'Receive' }).first().waitFor();
  await goTo(ann, '/wallet/send');
  await ann.page.getByLabel('Name, Hexkey ID or address').fill(bobsId);
  await ann.press('Next');
  await ann.page.getByText('This person deleted their account.').waitFor();
  await ann.page.getByText('Code 20160').waitFor();
  expect(await ann.page.getByLabel(/^Amount in/).count()).toBe(0);
  await ann.screenshot('wallet-5-deleted');
  // What he was paid before is on record.
  await goTo(ann, '/wallet/transfers');
  await expect.poll(() => ann.page.getByRole('main').getByText('Sent', { exact: true }).count()).toBe(3);
});

const usd = 'tUSD · Test USD';

/** A fingerprint reader that always knows its owner and computes secrets (CTAP 2.1, `hmac-secret`). */
async function withAuthenticator({ page }: Person): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
