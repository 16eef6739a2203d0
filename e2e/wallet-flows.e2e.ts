import type { Page } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { fakeDeviceCode } from '../apps/web/src/testing/fake-wallet.ts';
import { fakeChatIds } from '../apps/web/src/testing/some-chats.ts';
import { fakePeer } from '../apps/web/src/testing/some-transfers.ts';
import { pathOf, press, typePin, useFakeWeb } from './fake-web.ts';

/** What the wallet's screens do from step to step. */
const { inBrowser } = useFakeWeb();

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
const at = (path: string, scenario: string) => `${path}?at=home&scenario=${scenario}`;
const amount = (page: Page, symbol = 'SOL') => page.getByLabel(`Amount in ${symbol}`);
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();

async function review(page: Page, to = 'Katherine', sol = '1.5'): Promise<void> {
  await page.getByLabel('Name, Hexkey ID or address').fill(to);
  await press(page, 'Next');
  await amount(page).fill(sol);
  await press(page, 'Continue');
  await heading(page, 'Check and confirm');
}

async function approve(page: Page): Promise<void> {
  await press(page, 'Pay 1.5 SOL');
  await typePin(page, fakePin);
}

async function sweep(page: Page): Promise<void> {
  await page.getByLabel('Your other address').fill(fakePeer);
  await press(page, 'Continue');
  await page.getByLabel('I have the key of this address').check();
  await press(page, 'Move it');
  await typePin(page, fakePin);
}

/** How often a payment of 1.5 SOL to Katherine stands in the list, by its state. */
const paid = (page: Page, state: string) =>
  page
    .getByRole('listitem')
    .filter({ hasText: `${state} ·` })
    .filter({ hasText: '1.5 SOL' });

test('the keyboard alone sends money, and each step takes the focus', () =>
  inBrowser(at('/wallet/send', 'wallet'), async (page) => {
    await page.getByLabel('Name, Hexkey ID or address').waitFor();
    await page.keyboard.type('Katherine');
    await page.keyboard.press('Enter');
    await amount(page).waitFor();
    await page.keyboard.type('1,5');
    // A comma that is typed is a point: some phones offer no other.
    expect(await amount(page).inputValue()).toBe('1.5');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Pay 1.5 SOL' }).press('Enter');
    await heading(page, 'Enter your PIN to pay');
    await page.keyboard.type(fakePin);
    await heading(page, 'Sent');
    await page.getByText('1.5 SOL went to Katherine Johnson.').waitFor();
    await press(page, 'Done');
    await expect.poll(() => paid(page, 'Sent').count()).toBe(1);
  }));

test('nobody pays before each warning was confirmed on its own', () =>
  inBrowser(at('/wallet/send', 'wallet-warned'), async (page) => {
    await review(page);
    const pay = page.getByRole('button', { name: 'Pay 1.5 SOL' });
    for (const warning of ['I know who this is', 'I want to pay this again', 'I want to send this much']) {
      expect(await pay.isDisabled()).toBe(true);
      await page.getByRole('checkbox', { name: warning }).check();
    }
    expect(await pay.isDisabled()).toBe(false);
    await press(page, 'Back');
    await press(page, 'Continue');
    await heading(page, 'Check and confirm');
    expect(await pay.isDisabled()).toBe(true);
  }));

test('whoever deleted their account meanwhile is not paid: it is said before the review, with what to do', () =>
  inBrowser(at('/wallet/send', 'wallet'), async (page) => {
    await page.getByLabel('Name, Hexkey ID or address').fill('13806490');
    await press(page, 'Next');
    await amount(page).fill('1.5');
    await press(page, 'Continue');
    await page.getByText('This person deleted their account.').waitFor();
    await page.getByText('Ask them where to send it instead.').waitFor();
    await page.getByText('Code 20160').waitFor();
    expect(await page.getByRole('heading', { name: 'Check and confirm' }).count()).toBe(0);
  }));

test('a stranger’s address is shown whole before it is paid', () =>
  inBrowser(at('/wallet/send', 'wallet'), async (page) => {
    await review(page, `solana:${fakePeer}?amount=9`, '1');
    await page.getByText(fakePeer, { exact: true }).waitFor();
    await page.getByText('Not one of your contacts', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'I know who this is' }).waitFor();
  }));

test('all of the SOL is the balance without the fee, all of a token is all of it', () =>
  inBrowser(at('/wallet/send', 'wallet'), async (page) => {
    await page.getByLabel('Name, Hexkey ID or address').fill('Katherine');
    await press(page, 'Next');
    await press(page, 'Max');
    await expect.poll(() => amount(page).inputValue()).toBe('12.3456739');
    await page.getByLabel('Asset', { exact: true }).selectOption({ label: 'tUSD · Test USD' });
    await press(page, 'Max');
    await expect.poll(() => amount(page, 'tUSD').inputValue()).toBe('1234.5');
  }));

test('what stopped the signing is retried, and there is one payment in the end', () =>
  inBrowser(at('/wallet/send', 'wallet-stopped'), async (page) => {
    await review(page);
    await approve(page);
    await heading(page, 'Not finished');
    await press(page, 'Retry');
    await typePin(page, fakePin);
    await heading(page, 'Sent');
    await press(page, 'Done');
    await expect.poll(() => paid(page, 'Sent').count()).toBe(1);
  }));

test('a payment that the network has not confirmed is told to whoever comes back, and can be sent once more but not twice', () =>
  inBrowser(at('/wallet/send', 'wallet-away'), async (page) => {
    await review(page);
    await approve(page);
    await heading(page, 'On its way');
    await press(page, 'To the wallet');
    await page.getByText('A payment is under way').waitFor();
    await expect.poll(() => paid(page, 'Under way').count()).toBe(1);
    await press(page, 'Send');
    await page.getByRole('main').getByText('A payment is under way').waitFor();
    await link(page, 'Back');
    await link(page, 'See details');
    await press(page, 'Try now');
    await page.getByRole('main').getByText('Sent', { exact: true }).waitFor();
    await link(page, 'Back');
    await expect.poll(() => paid(page, 'Sent').count()).toBe(1);
    await expect.poll(() => paid(page, 'Under way').count()).toBe(0);
  }));

test('on the page of a payment under way its end is shown as soon as it comes', () =>
  inBrowser(at('/wallet/send', 'wallet-away'), async (page) => {
    await review(page);
    await approve(page);
    await heading(page, 'On its way');
    await press(page, 'Try now');
    await heading(page, 'Sent');
  }));

test('after an end that paid nothing, the form has what was typed', () =>
  inBrowser(at('/wallet/send', 'wallet-refused'), async (page) => {
    await review(page);
    await approve(page);
    await page.getByText('Code 20202').waitFor();
    await press(page, 'Change and send again');
    expect(await amount(page).inputValue()).toBe('1.5');
  }));

test('a wrong PIN is said at the PIN and pays nothing', () =>
  inBrowser(at('/wallet/send', 'wallet'), async (page) => {
    await review(page);
    await press(page, 'Pay 1.5 SOL');
    await typePin(page, '271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    await typePin(page, fakePin);
    await heading(page, 'Sent');
  }));

test('Face ID or fingerprint pays in place of the PIN', () =>
  inBrowser(at('/wallet/send', 'wallet-passkey'), async (page) => {
    await review(page);
    await press(page, 'Pay 1.5 SOL');
    await press(page, 'Pay with Face ID or fingerprint');
    await heading(page, 'Sent');
  }));

test('one failed try with the passkey switches it off; the PIN still pays', () =>
  inBrowser(at('/wallet/send', 'wallet-passkey-fails'), async (page) => {
    await review(page);
    await press(page, 'Pay 1.5 SOL');
    await press(page, 'Pay with Face ID or fingerprint');
    await page.getByText('Code 20209').waitFor();
    await page
      .getByRole('button', { name: 'Pay with Face ID or fingerprint' })
      .waitFor({ state: 'detached' });
    await typePin(page, fakePin);
    await heading(page, 'Sent');
  }));

test('switching the passkey on takes the PIN, switching it off takes nothing', () =>
  inBrowser(at('/settings/account/security/pin', 'wallet'), async (page) => {
    const pays = page.getByRole('switch', { name: 'Pay with Face ID or fingerprint' });
    await pays.click();
    expect(await page.getByLabel('2 hours', { exact: true }).isChecked()).toBe(true);
    await page.getByLabel('15 minutes').check();
    await press(page, 'Continue');
    await typePin(page, fakePin);
    await page.getByText('15 minutes').waitFor();
    expect(await pays.isChecked()).toBe(true);
    await pays.click();
    await page.getByText('Paying with Face ID or fingerprint is off').waitFor();
    await expect.poll(() => pays.isChecked()).toBe(false);
  }));

test('money to the person of a chat is not asked who gets it, and the way back leads to the chat', () =>
  inBrowser(at(`/chats/${fakeChatIds.grace}`, 'chats'), async (page) => {
    await press(page, 'Send money');
    await amount(page).fill('1.5');
    await page.getByText('Grace Hopper').waitFor();
    await press(page, 'Continue');
    await page.getByRole('checkbox', { name: 'I know who this is' }).check();
    await approve(page);
    await heading(page, 'Sent');
    await link(page, 'To the chat');
    await page.getByRole('button', { name: 'Send money' }).waitFor();
    expect(pathOf(page)).toBe(`/chats/${fakeChatIds.grace}`);
  }));

test('a card in a chat is its sender’s word: the wallet says what the ledger knows', () =>
  inBrowser(at(`/chats/${fakeChatIds.grace}`, 'chats'), async (page) => {
    await link(page, 'Check in the wallet');
    await heading(page, 'Transfer');
    // The card said a billionth of a SOL.
    await page.getByRole('main').getByText('+1,000 tUSD').waitFor();
  }));

test('a device on hold may not send, and says until when and what else there is to do', () =>
  inBrowser(at('/wallet/send', 'wallet-hold'), async (page) => {
    await page.getByText('Do not want to wait?').last().waitFor();
    await page.getByText(fakeDeviceCode).last().waitFor();
    expect(await page.getByLabel('Name, Hexkey ID or address').count()).toBe(0);
  }));

test('somebody whose address is not signed by who they were is compared with first, one tap away, and then paid', () =>
  inBrowser(at('/wallet/send', 'wallet-code-changed'), async (page) => {
    await page.getByLabel('Name, Hexkey ID or address').fill('Katherine');
    await press(page, 'Next');
    await amount(page).fill('1.5');
    await press(page, 'Continue');
    await press(page, 'Compare safety numbers');
    await heading(page, 'Safety number');
    expect(pathOf(page)).toMatch(/^\/chats\/[^/]+\/safety$/);
    await press(page, 'I compared: it is the same');
    await page.getByText('Verified', { exact: true }).waitFor();
    await page.goBack();
    await review(page);
    await approve(page);
    await heading(page, 'Sent');
  }));

test('another device is approved with the code it shows and the PIN', () =>
  inBrowser(at('/wallet', 'wallet-held-others'), async (page) => {
    await press(page, 'See who waits');
    await press(page, 'Approve Safari on iPhone');
    const code = page.getByLabel('Code on the new device');
    await code.fill('11111 22222 33333 44444');
    await press(page, 'Continue');
    await typePin(page, fakePin);
    await page.getByText('This is not the code of that device').waitFor();
    await press(page, 'Type it again');
    await code.fill(fakeDeviceCode);
    await press(page, 'Continue');
    await typePin(page, fakePin);
    await page.getByText('No device on hold').waitFor();
  }));

test('a lower limit holds at once, a higher one later, and both take the PIN', () =>
  inBrowser(at('/wallet/limits', 'wallet'), async (page) => {
    const change = async (sol: string, effect: string) => {
      await press(page, 'Change the limit of SOL');
      await page.getByLabel('In 24 hours, at most').fill(sol);
      await page.getByText(effect).waitFor();
      await press(page, 'Continue');
      await typePin(page, fakePin);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await change('1', 'A lower limit holds at once.');
    await page.getByText('1 SOL', { exact: true }).waitFor();
    await change('50', 'A higher limit holds in 24 hours.');
    await page.getByText('A higher limit waits').waitFor();
    await page.getByText('1 SOL', { exact: true }).waitFor();
    await page.getByText(/: 50.SOL$/).waitFor();
  }));

test('everything moves to an address once its owner says to have the key; strangers’ tokens stay unless they are chosen', () =>
  inBrowser(at('/wallet', 'wallet'), async (page) => {
    await page.getByRole('link', { name: /^Move everything out/ }).click();
    await page.getByLabel('Your other address').fill(fakePeer);
    await press(page, 'Continue');
    await heading(page, 'What will move');
    const go = page.getByRole('button', { name: 'Move it', exact: true });
    expect(await go.isDisabled()).toBe(true);
    await page.getByLabel('I have the key of this address').check();
    await expect.poll(() => page.getByRole('checkbox', { checked: false }).count()).toBe(1);
    await go.click();
    await typePin(page, '135790');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    await typePin(page, fakePin);
    await page.getByText('Everything you chose has moved.').waitFor();
    await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'moved' }).count()).toBe(2);
  }));

test('what the daily limit keeps back is said, and a stopped sweep begins again with what is left', async () => {
  await inBrowser(at('/wallet/move-everything', 'wallet-refused'), async (page) => {
    await sweep(page);
    await page.getByText(/^The rest is over your daily limit. The first of it is free again/).waitFor();
    await press(page, 'See limits');
    await heading(page, 'Limits');
  });
  await inBrowser(at('/wallet/move-everything', 'wallet-stopped'), async (page) => {
    await sweep(page);
    await page.getByText('Some of it may have moved already.').waitFor();
    await press(page, 'Move what is left');
    expect(await page.getByLabel('Your other address').inputValue()).toBe(fakePeer);
  });
});

test('a key that another device takes out is said on the wallet, and cancelled without the PIN', () =>
  inBrowser(at('/wallet', 'wallet-key-export'), async (page) => {
    await page.getByText('The wallet’s key is being taken out').waitFor();
    await press(page, 'Cancel it');
    await page.getByText('The wallet’s key is being taken out').waitFor({ state: 'detached' });
  }));

test('a wallet that is missing is made for the PIN', () =>
  inBrowser(at('/wallet', 'wallet-missing'), async (page) => {
    await press(page, 'Make the wallet');
    await typePin(page, fakePin);
    await page.getByRole('progressbar').waitFor();
    await link(page, 'Receive');
  }));

test('play money is offered on a test network and nowhere else', async () => {
  await inBrowser(at('/wallet', 'wallet'), async (page) => {
    await press(page, 'Get test SOL');
    await page.getByText('13.3456789').waitFor();
    await page.getByText('Test network').waitFor();
  });
  await inBrowser(at('/wallet', 'wallet-cluster'), async (page) => {
    await page.getByText('12.3456789').waitFor();
    expect(await page.getByText('Test network').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Get test/ }).count()).toBe(0);
  });
});

test('on a wide screen the wallet stays beside its pages', () =>
  inBrowser(at('/wallet', 'wallet'), async (page) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByText('Choose something in your wallet').waitFor();
    await link(page, 'Receive');
    await page.getByRole('img', { name: 'QR code of your address' }).waitFor();
    await page.getByRole('list', { name: 'Assets' }).waitFor();
  }));
