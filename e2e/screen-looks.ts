import type { Page } from '@hexkey/testing';
import { fakePin, fakeWords } from '../apps/web/src/testing/fake-hexkey.ts';
import { fakeLinkCode } from '../apps/web/src/testing/fake-links.ts';
import { fakePhoneInUse, fakeRecoveryCode } from '../apps/web/src/testing/fake-recovery.ts';

/** A look that a page takes on after some steps, and how to get there. */
export interface Look {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  reach(page: Page): Promise<void>;
}

const newPin = '271828';
const typePin = (page: Page, digits: string) =>
  page.getByLabel('PIN', { exact: true }).pressSequentially(digits);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function enterFourTimes(page: Page): Promise<void> {
  await typeFourTimes(page);
  await page.getByLabel('I lose access to my account and assets').waitFor();
}

async function typeFourTimes(page: Page): Promise<void> {
  for (const entry of ['1/4', '2/4', '3/4', '4/4']) {
    await page.getByText(entry, { exact: true }).waitFor();
    await typePin(page, newPin);
  }
}

/** Five wrong PINs. Each is another one: the same twice would be asked about first. */
async function lockOut(page: Page): Promise<void> {
  for (const left of [4, 3, 2, 1]) {
    await typePin(page, `27182${left}`);
    await page.getByText(`${left} ${left === 1 ? 'try' : 'tries'} left`).waitFor();
  }
  await typePin(page, '271820');
}

const changePin = '/settings/account/security/pin/change';
const movePin = '/settings/account/security/pin/nodes/move';
const pinLog = '/settings/account/security/logs/pin';
const recoveryKit = '/settings/account/security/recovery-kit';

async function chooseContact(page: Page, name: string): Promise<void> {
  await press(page, 'Got it');
  await press(page, 'I’m ready');
  await typePin(page, fakePin);
  await page.getByRole('button', { name }).click();
}

async function viewContact(page: Page): Promise<void> {
  await press(page, 'View recovery contacts');
  await typePin(page, fakePin);
  await page.getByRole('heading', { name: 'Katherine Johnson' }).waitFor();
}

const deleteAccount = '/settings/account/delete';

async function toDeletionCode(page: Page): Promise<void> {
  await press(page, 'Continue');
  await typePin(page, fakePin);
  await page.getByRole('heading', { name: 'Your wallet' }).waitFor();
  await press(page, 'Continue');
  await press(page, 'Send code');
}

const linkDevice = '/settings/account/security/devices/link';

async function pasteLinkCode(page: Page): Promise<void> {
  await page.getByLabel('Or paste the code as text').fill(fakeLinkCode);
  await press(page, 'Use this code');
}

export const looks: Readonly<Record<string, Look>> = {
  'link-this-scanned': {
    path: '/login/link',
    query: { at: 'signed-out', scenario: 'link-scanned' },
    reach: (page) => page.getByText('Code scanned').waitFor(),
  },
  'link-this-forged': {
    path: '/login/link',
    query: { at: 'signed-out', scenario: 'link-forged' },
    reach: (page) => page.getByText('Code 20177').waitFor(),
  },
  'link-device-found': {
    path: linkDevice,
    query: { at: 'home' },
    async reach(page) {
      await pasteLinkCode(page);
      await page.getByText('Safari on iPhone').waitFor();
    },
  },
  'link-device-gone': {
    path: linkDevice,
    query: { at: 'home', scenario: 'link-gone' },
    async reach(page) {
      await pasteLinkCode(page);
      await page.getByText('This code is over').waitFor();
    },
  },
  'set-pin-mismatch': {
    path: '/pin/set',
    query: { at: 'set-pin' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByText('2/4').waitFor();
      await typePin(page, fakePin);
      await page.getByText('That was a different PIN').waitFor();
      await typePin(page, '27');
    },
  },
  'set-pin-weak': {
    path: '/pin/set',
    query: { at: 'set-pin' },
    async reach(page) {
      await typePin(page, '123456');
      await page.getByText('Too easy to guess').waitFor();
    },
  },
  'set-pin-question': { path: '/pin/set', query: { at: 'set-pin' }, reach: enterFourTimes },
  'set-pin-question-wrong': {
    path: '/pin/set',
    query: { at: 'set-pin' },
    async reach(page) {
      await enterFourTimes(page);
      await page.getByLabel('It can be recovered later').check();
      await press(page, 'Continue');
      await page.getByRole('alert').waitFor();
    },
  },
  'set-pin-failed': {
    path: '/pin/set',
    query: { at: 'set-pin', scenario: 'nodes-down' },
    async reach(page) {
      await enterFourTimes(page);
      await page.getByLabel('I lose access to my account and assets').check();
      await press(page, 'Continue');
      await page.getByRole('button', { name: 'Retry' }).waitFor();
    },
  },
  'set-pin-nodes-away': {
    path: '/pin/set',
    query: { at: 'set-pin', scenario: 'some-nodes-away' },
    async reach(page) {
      await enterFourTimes(page);
      await page.getByLabel('I lose access to my account and assets').check();
      await press(page, 'Continue');
      await page.getByRole('button', { name: 'Go on with 3' }).waitFor();
    },
  },
  'set-pin-working': {
    path: '/pin/set',
    query: { at: 'set-pin', scenario: 'nodes-silent' },
    async reach(page) {
      await enterFourTimes(page);
      await page.getByLabel('I lose access to my account and assets').check();
      await press(page, 'Continue');
      await page.getByText('3/5').waitFor();
    },
  },
  'set-pin-finish': {
    path: '/pin/set',
    query: { at: 'set-pin', scenario: 'interrupted' },
    reach: (page) => page.getByRole('heading', { name: 'Finish setting your PIN' }).waitFor(),
  },
  'change-pin-old-wrong': {
    path: changePin,
    query: { at: 'home' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    },
  },
  'change-pin-unchanged': {
    path: changePin,
    query: { at: 'home' },
    async reach(page) {
      await typePin(page, fakePin);
      await page.getByText('1/4').waitFor();
      await typePin(page, fakePin);
      await page.getByText('That is your present PIN').waitFor();
    },
  },
  'change-pin-working': {
    path: changePin,
    query: { at: 'home', scenario: 'nodes-silent' },
    async reach(page) {
      await typePin(page, fakePin);
      await typeFourTimes(page);
      await page.getByText('3/5').waitFor();
    },
  },
  'change-pin-failed': {
    path: changePin,
    query: { at: 'home', scenario: 'change-fails' },
    async reach(page) {
      await typePin(page, fakePin);
      await typeFourTimes(page);
      await page.getByRole('button', { name: 'Retry' }).waitFor();
    },
  },
  'change-pin-nodes-away': {
    path: changePin,
    query: { at: 'home', scenario: 'some-nodes-away' },
    async reach(page) {
      await typePin(page, fakePin);
      await typeFourTimes(page);
      await page.getByRole('heading', { name: '2 of 5 PIN nodes do not answer' }).waitFor();
    },
  },
  'change-pin-someone-knew': {
    path: changePin,
    query: { at: 'home' },
    async reach(page) {
      await page.getByRole('checkbox', { name: 'Someone knew my PIN' }).check();
      await typePin(page, fakePin);
      await typeFourTimes(page);
      await page.getByText('Your other devices are logged out').waitFor();
    },
  },
  'change-pin-done': {
    path: changePin,
    query: { at: 'home' },
    async reach(page) {
      await typePin(page, fakePin);
      await typeFourTimes(page);
      await page.getByRole('heading', { name: 'PIN changed' }).waitFor();
    },
  },
  'change-pin-put-off': {
    path: '/pin/finish-change',
    query: { at: 'home', scenario: 'change-interrupted' },
    async reach(page) {
      await press(page, 'Later');
      await page.getByRole('link', { name: 'More' }).click();
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('link', { name: 'Account' }).first().click();
      await page.getByRole('link', { name: 'Security' }).click();
      await page.getByRole('link', { name: 'PIN', exact: true }).click();
      await page.getByText('A PIN change was interrupted').waitFor();
    },
  },
  'words-shown': {
    path: '/welcome/words',
    query: { at: 'home', needs: 'offered-words' },
    async reach(page) {
      await press(page, 'Save now');
      await page.getByText('winner').first().waitFor();
    },
  },
  'words-hidden': {
    path: '/welcome/words',
    query: { at: 'home', needs: 'offered-words' },
    async reach(page) {
      await press(page, 'Save now');
      await page.getByText('winner').first().waitFor();
      await page.evaluate('window.dispatchEvent(new Event("blur"))');
      await page.getByRole('button', { name: 'Show again' }).waitFor();
    },
  },
  'words-typed': {
    path: '/login/words',
    query: { at: 'signed-out' },
    async reach(page) {
      await page.getByLabel('Word 1', { exact: true }).fill('legal winner thank');
      await page.getByLabel('Word 4', { exact: true }).fill('zzz');
      await page.getByLabel('Word 5', { exact: true }).pressSequentially('wa');
      await page.getByRole('option').first().waitFor();
    },
  },
  'words-refused': {
    path: '/login/words',
    query: { at: 'signed-out' },
    async reach(page) {
      await page.getByLabel('Word 1', { exact: true }).fill(`${'legal winner thank '.repeat(4)}year`);
      await press(page, 'Log in');
      await page.getByRole('alert').waitFor();
    },
  },
  'phone-refused': {
    path: '/register/phone',
    query: { at: 'signed-out' },
    async reach(page) {
      await page.getByLabel('Phone number').fill('12');
      await press(page, 'Send code');
      await page.getByRole('alert').waitFor();
    },
  },
  'code-wrong': {
    path: '/login/phone/code',
    query: { at: 'signed-out', needs: 'verification' },
    async reach(page) {
      await page.getByLabel('Code', { exact: true }).fill('0000');
      await page.getByText('Tries left: 2').waitFor();
    },
  },
  'unlock-menu': {
    path: '/unlock',
    query: { at: 'enter-pin' },
    async reach(page) {
      await press(page, 'Menu');
      await page.getByRole('menuitem', { name: 'Forgot PIN' }).waitFor();
    },
  },
  'unlock-wrong': {
    path: '/unlock',
    query: { at: 'enter-pin' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    },
  },
  'unlock-locked': {
    path: '/unlock',
    query: { at: 'enter-pin', scenario: 'locked' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByText('Locked', { exact: true }).waitFor();
    },
  },
  'unlock-tried-before': {
    path: '/unlock',
    query: { at: 'enter-pin', scenario: 'some-tried' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByText('Tried before').waitFor();
    },
  },
  'wallet-check-wrong': {
    path: '/wallet',
    query: { at: 'home', scenario: 'check-due' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    },
  },
  'wallet-check-locked': {
    path: '/wallet/check',
    query: { at: 'home', scenario: 'check-due' },
    async reach(page) {
      await lockOut(page);
      await page.getByRole('button', { name: 'Got it' }).waitFor();
    },
  },
  'wallet-check-offline': {
    path: '/wallet/check',
    query: { at: 'home', scenario: 'check-due' },
    async reach(page) {
      await page.getByLabel('PIN', { exact: true }).waitFor();
      await page.context().setOffline(true);
      await page.getByText('You are offline. No try is used.').waitFor();
    },
  },
  'forgot-pin-tried': {
    path: '/unlock/forgot-pin',
    query: { at: 'enter-pin', scenario: 'some-tried' },
    async reach(page) {
      await press(page, 'Check a PIN without using a try');
      await typePin(page, newPin);
      await page.getByText('Tried before. It was wrong.').waitFor();
    },
  },
  'forgot-pin-not-tried': {
    path: '/settings/account/security/forgot-pin',
    query: { at: 'home', scenario: 'some-tried' },
    async reach(page) {
      await press(page, 'Check a PIN without using a try');
      await typePin(page, fakePin);
      await page.getByText('Not tried here.').waitFor();
    },
  },
  'forgot-pin-locked': {
    path: '/settings/account/security/forgot-pin',
    query: { at: 'home', scenario: 'locked-before' },
    reach: (page) => page.getByText(/^Next try in/).waitFor(),
  },
  'nodes-mixed': {
    path: '/settings/account/security/pin/nodes',
    query: { at: 'home', scenario: 'nodes-mixed' },
    async reach(page) {
      await page.getByText('1 of 5 ready').waitFor();
      await page.getByText('Details').first().click();
      await page.getByText('Fingerprint', { exact: true }).first().waitFor();
    },
  },
  'nodes-offered': {
    path: '/settings/account/security/pin/nodes',
    query: { at: 'home', scenario: 'nodes-offered' },
    reach: (page) => page.getByRole('button', { name: 'Look at the new nodes' }).waitFor(),
  },
  'move-pin': {
    path: movePin,
    query: { at: 'home', scenario: 'nodes-offered' },
    async reach(page) {
      await page.getByText('Lumen Archive').waitFor();
      await page.getByText('Details').first().click();
    },
  },
  'move-pin-away': {
    path: movePin,
    query: { at: 'home', scenario: 'nodes-offered-away' },
    async reach(page) {
      await typePin(page, fakePin);
      await page.getByRole('alert').waitFor();
    },
  },
  'move-pin-done': {
    path: movePin,
    query: { at: 'home', scenario: 'nodes-offered' },
    async reach(page) {
      await typePin(page, fakePin);
      await page.getByText('Your PIN has moved').waitFor();
    },
  },
  'nodes-offline': {
    path: '/settings/account/security/pin/nodes',
    query: { at: 'home', scenario: 'nodes-fail' },
    reach: (page) => page.getByRole('button', { name: 'Retry' }).waitFor(),
  },
  'nodes-stale': {
    path: '/settings/account/security/pin/nodes',
    query: { at: 'home', scenario: 'nodes-fail-later' },
    async reach(page) {
      await press(page, 'Refresh');
      await page.getByText(/This is what they said last/).waitFor();
    },
  },
  'nodes-loading': {
    path: '/settings/account/security/pin/nodes',
    query: { at: 'home', scenario: 'nodes-silent' },
    reach: (page) => page.getByText('Asking the nodes').waitFor({ state: 'attached' }),
  },
  'unlock-nodes-down': {
    path: '/unlock',
    query: { at: 'enter-pin', scenario: 'nodes-down' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByRole('button', { name: 'Retry' }).waitFor();
    },
  },
  'unlock-offline': {
    path: '/unlock',
    query: { at: 'enter-pin' },
    async reach(page) {
      await page.context().setOffline(true);
      await page.getByText('You are offline. No try is used.').waitFor();
    },
  },
  'switch-account': {
    path: '/unlock',
    query: { at: 'enter-pin' },
    async reach(page) {
      await press(page, 'Menu');
      await page.getByRole('menuitem', { name: 'Switch account' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  'switch-account-blocked': {
    path: '/unlock',
    query: { at: 'enter-pin', scenario: 'only-copy' },
    async reach(page) {
      await press(page, 'Menu');
      await page.getByRole('menuitem', { name: 'Switch account' }).click();
      await page.getByText('You cannot switch account yet').waitFor();
    },
  },
  'delete-no-way-back': {
    path: deleteAccount,
    query: { at: 'home' },
    reach: (page) => page.getByText('You could not change your mind').waitFor(),
  },
  'delete-balances': {
    path: deleteAccount,
    query: { at: 'home', scenario: 'wallet' },
    async reach(page) {
      await press(page, 'Continue');
      await typePin(page, fakePin);
      await page.getByText('You would lose this').waitFor();
    },
  },
  'delete-code': {
    path: deleteAccount,
    query: { at: 'home', scenario: 'kit-phone' },
    async reach(page) {
      await toDeletionCode(page);
      await page.getByLabel('Code').waitFor();
    },
  },
  'delete-day': {
    path: deleteAccount,
    query: { at: 'home', scenario: 'kit-phone' },
    async reach(page) {
      await toDeletionCode(page);
      await page.getByLabel('Code').pressSequentially(fakeRecoveryCode);
      await page.getByText('Until that day you can take it back').waitFor();
    },
  },
  'keep-account': {
    path: '/unlock',
    query: { at: 'enter-pin', scenario: 'deletion-pending' },
    reach: (page) => page.getByRole('button', { name: 'Continue and keep the account' }).waitFor(),
  },
  'log-out-blocked': {
    path: '/settings/account/log-out',
    query: { at: 'home', scenario: 'only-copy' },
    reach: (page) => page.getByText('You cannot log out yet').waitFor(),
  },
  'logs-empty': {
    path: '/settings/account/security/logs',
    query: { at: 'home', scenario: 'no-logs' },
    reach: (page) => page.getByText('Nothing yet').waitFor(),
  },
  'logs-failed': {
    path: '/settings/account/security/logs',
    query: { at: 'home', scenario: 'logs-fail' },
    reach: (page) => page.getByRole('button', { name: 'Retry' }).waitFor(),
  },
  'devices-alone': {
    path: '/settings/account/security/devices',
    query: { at: 'home', scenario: 'one-device' },
    reach: (page) => page.getByText('No other device').waitFor(),
  },
  'pin-log-foreign': {
    path: pinLog,
    query: { at: 'home', scenario: 'foreign-tries' },
    reach: (page) => page.getByText('3 PIN tries from a device that is not yours').waitFor(),
  },
  'pin-log-node-shrank': {
    path: pinLog,
    query: { at: 'home', scenario: 'node-shrank' },
    async reach(page) {
      await page.getByText('Node by node').click();
      await page.getByText('Did not answer').waitFor();
    },
  },
  'pin-log-unread': {
    path: pinLog,
    query: { at: 'home', scenario: 'no-pin-history' },
    reach: (page) => page.getByText('Not read yet').waitFor(),
  },
  'chats-warned': {
    path: '/chats',
    query: { at: 'home', scenario: 'foreign-tries', persistent: '1' },
    reach: (page) => page.getByText('2 warnings about your PIN').waitFor(),
  },
  'devices-failed': {
    path: '/settings/account/security/devices',
    query: { at: 'home', scenario: 'devices-fail' },
    reach: (page) => page.getByRole('button', { name: 'Retry' }).waitFor(),
  },
  'device-ending-wrong': {
    path: '/settings/account/security/devices',
    query: { at: 'home' },
    async reach(page) {
      await press(page, 'Log out build-server');
      await typePin(page, newPin);
      await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    },
  },
  'phrase-viewed': {
    path: '/settings/account/security/words',
    query: { at: 'home' },
    async reach(page) {
      await typePin(page, fakePin);
      await page.getByText('winner').first().waitFor();
    },
  },
  'kit-whole': {
    path: recoveryKit,
    query: { at: 'home', scenario: 'kit-all' },
    reach: (page) => page.getByText('3 of 3').waitFor(),
  },
  'kit-contact-gone': {
    path: recoveryKit,
    query: { at: 'home', scenario: 'contact-gone' },
    reach: (page) => page.getByText('Your recovery contact has removed you').waitFor(),
  },
  'chats-kit-reminder': {
    path: '/chats',
    query: { at: 'home', persistent: '1' },
    reach: (page) => page.getByText('Nothing brings you back yet').waitFor(),
  },
  'chats-phone-due': {
    path: '/chats',
    query: { at: 'home', scenario: 'phone-due' },
    reach: (page) => page.getByText('Is this still your phone number?').waitFor(),
  },
  'link-phone-in-use': {
    path: '/settings/account/phone',
    query: { at: 'home' },
    async reach(page) {
      await typePin(page, fakePin);
      await page.getByLabel('Phone number').fill(fakePhoneInUse);
      await press(page, 'Continue');
      await press(page, 'Send code');
      await page.getByText('Code 20122').waitFor();
    },
  },
  'link-phone-confirm': {
    path: '/settings/account/phone/verify',
    query: { at: 'home', scenario: 'kit-phone' },
    async reach(page) {
      await typePin(page, fakePin);
      await page.getByRole('heading', { name: 'Is this right?' }).waitFor();
    },
  },
  'link-phone-code-wrong': {
    path: '/settings/account/phone/verify',
    query: { at: 'home', scenario: 'kit-phone' },
    async reach(page) {
      await typePin(page, fakePin);
      await press(page, 'Send code');
      await page.getByLabel('Code', { exact: true }).fill('0000');
      await page.getByText('Tries left: 2').waitFor();
    },
  },
  'link-phone-verified': {
    path: '/settings/account/phone/verify',
    query: { at: 'home', scenario: 'kit-phone' },
    async reach(page) {
      await typePin(page, fakePin);
      await press(page, 'Send code');
      await page.getByLabel('Code', { exact: true }).fill(fakeRecoveryCode);
      await page.getByRole('heading', { name: 'Verified' }).waitFor();
    },
  },
  'backup-words': {
    path: `${recoveryKit}/words`,
    query: { at: 'home' },
    async reach(page) {
      await press(page, 'Continue');
      await typePin(page, fakePin);
      await press(page, 'Copy');
      await press(page, 'Show QR code');
      await page.getByRole('img', { name: 'QR code with all your words' }).locator('path').waitFor();
    },
  },
  'backup-check-wrong': {
    path: `${recoveryKit}/words`,
    query: { at: 'home' },
    async reach(page) {
      await press(page, 'Continue');
      await typePin(page, fakePin);
      await press(page, 'I wrote them down');
      for (const [index, word] of fakeWords.with(4, 'zoo').entries())
        await page.getByLabel(`Word ${index + 1}`, { exact: true }).fill(word);
      await press(page, 'Check the words');
      await page.getByText('Word 5 is not right.').waitFor();
    },
  },
  'contact-ready': {
    path: `${recoveryKit}/contact`,
    query: { at: 'home', scenario: 'kit-phone' },
    async reach(page) {
      await press(page, 'Got it');
      await page.getByRole('button', { name: 'I’m ready' }).waitFor();
    },
  },
  'contact-refused': {
    path: `${recoveryKit}/contact`,
    query: { at: 'home', scenario: 'kit-phone' },
    async reach(page) {
      await chooseContact(page, 'Emmy Noether');
      await page.getByText('Emmy Noether has not added you.').waitFor();
    },
  },
  'contact-nobody': {
    path: `${recoveryKit}/contact`,
    query: { at: 'home', scenario: 'phone-due' },
    async reach(page) {
      await press(page, 'Got it');
      await press(page, 'I’m ready');
      await typePin(page, fakePin);
      await page.getByText('No contacts yet').waitFor();
    },
  },
  'contact-code': {
    path: `${recoveryKit}/contact`,
    query: { at: 'home', scenario: 'kit-phone' },
    async reach(page) {
      await chooseContact(page, 'Katherine Johnson');
      await page.getByRole('button', { name: 'Confirm' }).waitFor();
    },
  },
  'contact-shown': {
    path: `${recoveryKit}/contact`,
    query: { at: 'home', scenario: 'kit-all' },
    reach: viewContact,
  },
  'contact-shown-gone': {
    path: `${recoveryKit}/contact`,
    query: { at: 'home', scenario: 'contact-gone' },
    reach: viewContact,
  },
  'contact-removing': {
    path: `${recoveryKit}/contact`,
    query: { at: 'home', scenario: 'kit-all' },
    async reach(page) {
      await viewContact(page);
      await press(page, 'Remove');
      await page.getByRole('dialog').waitFor();
    },
  },
  'team-messages': {
    path: '/chats/team-hexkey',
    query: { at: 'home', scenario: 'kit-phone' },
    reach: (page) =>
      page
        .getByText(/^Works for \d/)
        .first()
        .waitFor(),
  },
  'chats-unread': {
    path: '/chats',
    query: { at: 'home', scenario: 'kit-phone', persistent: '1' },
    reach: (page) => page.getByText('A code for Katherine Johnson').waitFor(),
  },
  'chats-contact-login': {
    path: '/chats',
    query: { at: 'home', scenario: 'contact-login-pending' },
    reach: (page) => page.getByRole('button', { name: 'See and refuse' }).waitFor(),
  },
  'contact-login-refusing': {
    path: '/chats/contact-login',
    query: { at: 'home', scenario: 'contact-login-pending' },
    reach: (page) => page.getByText('198.51.100.24').waitFor(),
  },
  'contacts-sheet': {
    path: '/contacts',
    query: { at: 'home', scenario: 'kit-phone' },
    async reach(page) {
      await page.getByRole('button', { name: /Emmy Noether/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  'contact-found': {
    path: '/contacts/add',
    query: { at: 'home' },
    async reach(page) {
      await page.getByLabel('Hexkey ID').fill('60221407');
      await press(page, 'Find');
      await page.getByText('Grace Hopper').waitFor();
    },
  },
  'blocked-list': {
    path: '/settings/account/privacy/blocked',
    query: { at: 'home', scenario: 'kit-phone' },
    reach: (page) => page.getByText('Charles Ponzi').waitFor(),
  },
  'login-help-offered': {
    path: '/login/help',
    query: { at: 'signed-out', needs: 'verification', scenario: 'kit-phone' },
    reach: (page) => page.getByRole('button', { name: 'Lost your mobile number?' }).waitFor(),
  },
  'upgrade-old-pin-wrong': {
    path: '/upgrade-pin/old-pin',
    query: { at: 'signed-out', needs: 'legacy-login' },
    async reach(page) {
      await page.getByLabel('Old PIN or password').fill('000001');
      await press(page, 'Continue');
      await page.getByText('Code 20215').waitFor();
    },
  },
  'upgrade-code-late': {
    path: '/upgrade-pin/old-pin',
    query: { at: 'signed-out', needs: 'legacy-login', scenario: 'legacy-code-late' },
    async reach(page) {
      await page.getByLabel('Old PIN or password').fill('000001');
      await press(page, 'Continue');
      await page.getByRole('button', { name: 'Get a new code' }).waitFor();
    },
  },
  'login-contact-wrong': {
    path: '/login/contact',
    query: { at: 'signed-out', needs: 'contact-login' },
    async reach(page) {
      await page.getByLabel('Recovery contact’s Hexkey ID').fill('60221407');
      await press(page, 'Send code');
      await page.getByText('Code 20130').waitFor();
    },
  },
  'login-contact-over': {
    path: '/login/contact',
    query: { at: 'signed-out', needs: 'contact-login' },
    async reach(page) {
      await page.getByLabel('Recovery contact’s Hexkey ID').fill('13806490');
      await press(page, 'Send code');
      await page.getByRole('heading', { name: 'This login has ended' }).waitFor();
    },
  },
};
