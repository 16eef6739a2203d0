import type { Page } from '@hexkey/testing';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { fakeChatIds } from '../apps/web/src/testing/some-chats.ts';
import { fakePeer, fakeTransferIds, testUsd } from '../apps/web/src/testing/some-transfers.ts';
import type { Look } from './screen-looks.ts';

/** Where pages of the wallet are looked at that are about one transfer or one asset. */
export const walletAddressOf = (path: string) =>
  path.replace('$transferId', fakeTransferIds.cheated).replace('$mint', testUsd.mint ?? '');

const at = (scenario: string) => ({ at: 'home', scenario });
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const typePin = (page: Page, digits: string) =>
  page.getByLabel('PIN', { exact: true }).pressSequentially(digits);
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();

/** To the review of a payment in SOL. @param to a contact's name, or an address */
async function review(page: Page, to: string, amount: string): Promise<void> {
  await page.getByLabel('Name, Hexkey ID or address').fill(to);
  await press(page, 'Next');
  await page.getByLabel('Amount in SOL').fill(amount);
  await press(page, 'Continue');
  await heading(page, 'Check and confirm');
}

async function pay(page: Page): Promise<void> {
  await review(page, 'Katherine', '1.5');
  await press(page, 'Pay 1.5 SOL');
  await typePin(page, fakePin);
}

async function chooseSweep(page: Page): Promise<void> {
  await page.getByLabel('Your other address').fill(fakePeer);
  await press(page, 'Continue');
  await heading(page, 'What will move');
}

async function sweepToPin(page: Page): Promise<void> {
  await chooseSweep(page);
  await page.getByLabel('I have the key of this address').check();
  await press(page, 'Move it');
  await page.getByLabel('PIN', { exact: true }).waitFor();
}

const send = (scenario: string, reach: Look['reach']): Look => ({
  path: '/wallet/send',
  query: at(scenario),
  reach,
});

/** Looks of the wallet. */
export const walletLooks: Readonly<Record<string, Look>> = {
  wallet: {
    path: '/wallet',
    query: at('wallet'),
    reach: (page) => page.getByText('All transfers').waitFor(),
  },
  'wallet-missing': {
    path: '/wallet',
    query: at('wallet-missing'),
    async reach(page) {
      await press(page, 'Make the wallet');
      await page.getByRole('dialog').waitFor();
    },
  },
  'wallet-making': {
    path: '/wallet',
    query: at('wallet-making'),
    reach: (page) => page.getByText('3/5').waitFor(),
  },
  'wallet-hold': {
    path: '/wallet',
    query: at('wallet-hold'),
    reach: (page) => page.getByText('Do not want to wait?').waitFor(),
  },
  'wallet-held-others': {
    path: '/wallet',
    query: at('wallet-held-others'),
    reach: (page) => page.getByText('1 device waits for you').waitFor(),
  },
  'wallet-interrupted': {
    path: '/wallet',
    query: at('wallet-interrupted'),
    reach: (page) => page.getByText('A payment is under way').waitFor(),
  },
  'wallet-down': {
    path: '/wallet',
    query: at('wallet-down'),
    reach: (page) => page.getByText('Code 20207').waitFor(),
  },
  'receive-shown': {
    path: '/wallet/receive',
    query: at('wallet'),
    reach: (page) => page.getByRole('img', { name: 'QR code of your address' }).locator('path').waitFor(),
  },
  'send-contacts': send('wallet', (page) => page.getByText('Emmy Noether').waitFor()),
  'send-nobody': send('wallet', async (page) => {
    await page.getByLabel('Name, Hexkey ID or address').fill('nobody at all');
    await press(page, 'Next');
    await page.getByRole('alert').waitFor();
  }),
  'send-amount': send('wallet', async (page) => {
    await page.getByLabel('Name, Hexkey ID or address').fill(fakePeer);
    await press(page, 'Next');
    await page.getByLabel('Amount in SOL').fill('1,5');
    await press(page, 'Continue');
    await page.getByText('Write digits and one point').waitFor();
  }),
  'send-short': send('wallet', async (page) => {
    await page.getByLabel('Name, Hexkey ID or address').fill('Katherine');
    await press(page, 'Next');
    await page.getByLabel('Amount in SOL').fill('12.3456789');
    await press(page, 'Continue');
    await page.getByText('Code 20117').waitFor();
  }),
  'send-code-changed': send('wallet-code-changed', async (page) => {
    await page.getByLabel('Name, Hexkey ID or address').fill('Katherine');
    await press(page, 'Next');
    await page.getByLabel('Amount in SOL').fill('1.5');
    await press(page, 'Continue');
    await page.getByRole('button', { name: 'Compare safety numbers' }).waitFor();
  }),
  'send-review': send('wallet-warned', (page) => review(page, 'Katherine', '1.5')),
  'send-review-token': send('wallet', async (page) => {
    await page.getByLabel('Name, Hexkey ID or address').fill(fakePeer);
    await press(page, 'Next');
    await page.getByLabel('Asset', { exact: true }).selectOption(testUsd.mint ?? '');
    await page.getByLabel('Amount in tUSD').fill('1000.25');
    await page.getByLabel('Note (optional)').fill('Rent for December');
    await press(page, 'Continue');
    await page.getByText('Opening their account for tUSD').waitFor();
  }),
  'send-pin': send('wallet', async (page) => {
    await review(page, 'Katherine', '1.5');
    await press(page, 'Pay 1.5 SOL');
    await typePin(page, '271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
  }),
  'send-passkey': send('wallet-passkey', async (page) => {
    await review(page, 'Katherine', '1.5');
    await press(page, 'Pay 1.5 SOL');
    await page.getByRole('button', { name: 'Pay with Face ID or fingerprint' }).waitFor();
  }),
  'send-passkey-failed': send('wallet-passkey-fails', async (page) => {
    await review(page, 'Katherine', '1.5');
    await press(page, 'Pay 1.5 SOL');
    await press(page, 'Pay with Face ID or fingerprint');
    await page.getByText('Code 20209').waitFor();
  }),
  'send-working': send('wallet-silent', async (page) => {
    await pay(page);
    await page.getByText('2/3').waitFor();
  }),
  'send-stopped': send('wallet-stopped', async (page) => {
    await pay(page);
    await heading(page, 'Not finished');
  }),
  'send-over-limit': send('wallet-refused', async (page) => {
    await pay(page);
    await page.getByText('Code 20202').waitFor();
  }),
  'send-away': send('wallet-away', async (page) => {
    await pay(page);
    await heading(page, 'On its way');
  }),
  'send-sent': send('wallet', async (page) => {
    await pay(page);
    await heading(page, 'Sent');
  }),
  'send-on-hold': send('wallet-hold', (page) => page.getByText('Do not want to wait?').last().waitFor()),
  'transfers-older': {
    path: '/wallet/transfers',
    query: at('wallet-interrupted'),
    reach: (page) => press(page, 'Show older transfers'),
  },
  'transfer-failed': {
    path: `/wallet/transfers/${fakeTransferIds.failed}`,
    query: at('wallet'),
    reach: (page) => page.getByText('The network said').waitFor(),
  },
  'transfer-pending': {
    path: `/wallet/transfers/${fakeTransferIds.pending}`,
    query: at('wallet-interrupted'),
    reach: (page) => page.getByRole('button', { name: 'Try now' }).waitFor(),
  },
  'transfer-unknown': {
    path: '/wallet/transfers/never-was',
    query: at('wallet'),
    reach: (page) => page.getByText('The ledger knows no such transfer of yours').waitFor(),
  },
  'token-sol': {
    path: '/wallet/tokens/sol',
    query: at('wallet'),
    reach: (page) => page.getByText('The network’s own coin').waitFor(),
  },
  'token-not-held': {
    path: `/wallet/tokens/${fakePeer}`,
    query: at('wallet'),
    reach: (page) => page.getByText('You hold nothing of this').waitFor(),
  },
  'limits-pending': {
    path: '/wallet/limits',
    query: at('wallet-limits-pending'),
    reach: (page) => page.getByText('A higher limit waits').waitFor(),
  },
  'limits-change': {
    path: '/wallet/limits',
    query: at('wallet'),
    async reach(page) {
      await press(page, 'Change the limit of SOL');
      await page.getByLabel('In 24 hours, at most').fill('50');
      await page.getByText('A higher limit holds in 24 hours').waitFor();
    },
  },
  'limits-pin': {
    path: '/wallet/limits',
    query: at('wallet'),
    async reach(page) {
      await press(page, 'Change the limit of SOL');
      await page.getByLabel('In 24 hours, at most').fill('1');
      await press(page, 'Continue');
      await page.getByLabel('PIN', { exact: true }).waitFor();
    },
  },
  'key-export': {
    path: '/wallet',
    query: at('wallet-key-export'),
    reach: (page) => page.getByText('The wallet’s key is being taken out').first().waitFor(),
  },
  'sweep-hold': {
    path: '/wallet/move-everything',
    query: at('wallet-hold'),
    reach: (page) => page.getByText('This device may send in').locator('visible=true').first().waitFor(),
  },
  'sweep-nothing': {
    path: '/wallet/move-everything',
    query: { at: 'home' },
    async reach(page) {
      await chooseSweep(page);
      await page.getByText('Nothing to move').waitFor();
    },
  },
  'sweep-review': {
    path: '/wallet/move-everything',
    query: at('wallet'),
    async reach(page) {
      await chooseSweep(page);
      await page.getByLabel('I have the key of this address').waitFor();
    },
  },
  'sweep-pin': { path: '/wallet/move-everything', query: at('wallet'), reach: sweepToPin },
  'sweep-working': {
    path: '/wallet/move-everything',
    query: at('wallet-silent'),
    async reach(page) {
      await sweepToPin(page);
      await typePin(page, fakePin);
      await page.getByRole('progressbar').waitFor();
    },
  },
  'sweep-limited': {
    path: '/wallet/move-everything',
    query: at('wallet-refused'),
    async reach(page) {
      await sweepToPin(page);
      await typePin(page, fakePin);
      await page.getByText('The rest is over your daily limit').waitFor();
    },
  },
  'on-hold-approve': {
    path: '/wallet/devices-on-hold',
    query: at('wallet-held-others'),
    async reach(page) {
      await press(page, 'Approve Safari on iPhone');
      await page.getByRole('dialog').waitFor();
    },
  },
  'on-hold-approve-pin': {
    path: '/wallet/devices-on-hold',
    query: at('wallet-held-others'),
    async reach(page) {
      await press(page, 'Approve Safari on iPhone');
      await page.getByLabel('Code on the new device').fill('31415 92653 58979 32384');
      await press(page, 'Continue');
      await page.getByRole('button', { name: 'Type it again' }).waitFor();
    },
  },
  'devices-with-hold': {
    path: '/settings/account/security/devices',
    query: at('wallet-held-others'),
    reach: (page) => page.getByRole('button', { name: 'Approve Safari on iPhone' }).waitFor(),
  },
  'pin-passkey-on': {
    path: '/settings/account/security/pin',
    query: at('wallet-passkey'),
    reach: (page) => page.getByText('2 hours').waitFor(),
  },
  'pin-passkey-window': {
    path: '/settings/account/security/pin',
    query: at('wallet'),
    async reach(page) {
      await page.getByRole('switch', { name: 'Pay with Face ID or fingerprint' }).click();
      await page.getByLabel('24 hours').waitFor();
    },
  },
  'pin-passkey-no-prf': {
    path: '/settings/account/security/pin',
    query: at('wallet-no-prf'),
    reach: (page) => page.getByText('cannot keep a key for it').waitFor(),
  },
  'chat-money': {
    path: `/chats/${fakeChatIds.grace}`,
    query: at('chats'),
    async reach(page) {
      await page.getByText('Says they sent you', { exact: true }).scrollIntoViewIfNeeded();
      await page.getByText('Lunch with the compiler team').waitFor();
    },
  },
};
