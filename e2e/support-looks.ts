import type { Look } from './screen-looks.ts';

/** Further looks of support and of the device's log. */
export const supportLooks: Readonly<Record<string, Look>> = {
  'support-empty': {
    path: '/support',
    query: { at: 'signed-out', scenario: 'no-ticket' },
    reach: (page) => page.getByText('How can we help?').waitFor(),
  },
  'support-answered': {
    path: '/support',
    query: { at: 'home' },
    reach: (page) => page.getByText('Which country is the number from?').waitFor(),
  },
  'support-unclaimed': {
    path: '/support',
    query: { at: 'home', scenario: 'ticket-unclaimed' },
    reach: (page) => page.getByText('A ticket was opened on this device before you logged in.').waitFor(),
  },
  'device-log-sent': {
    path: '/support/logs',
    query: { at: 'signed-out' },
    async reach(page) {
      await page.getByRole('button', { name: 'Send to support' }).click();
      await page.getByText('Your ticket number is 48120953').waitFor();
    },
  },
};
