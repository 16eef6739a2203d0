import type { Browser } from '@hexkey/testing';
import { type Person, personAt } from './person.ts';

/** The PIN of everybody in the tests of the wallet. */
export const walletPin = '492713';

export async function openBrowser(browser: Browser, origin: string): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const person = personAt(await context.newPage());
  await person.page.goto(origin);
  return person;
}

export async function goTo({ page }: Person, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
}

export async function registerPayer(person: Person, name: string): Promise<void> {
  await person.press('Create account');
  await person.press('Use a mnemonic phrase');
  await person.press('Continue');
  await person.sees('Set your PIN');
  await person.setPin(walletPin);
  await person.sees('Your 13 words');
  await person.press('Later');
  await person.page.getByLabel('Name').fill(name);
  await person.press('Continue');
  await person.sees('Chats');
}

export async function openWallet(person: Person): Promise<void> {
  await goTo(person, '/wallet');
  await person.page.getByRole('link', { name: 'Receive' }).first().waitFor();
}

export const assetOf = ({ page }: Person, symbol: string) =>
  page.getByRole('list', { name: 'Assets' }).getByRole('link', { name: new RegExp(symbol) });

export const confirmWarning = ({ page }: Person, warning: string) =>
  page.getByRole('checkbox', { name: warning }).check();

export const fillAmount = ({ page }: Person, amount: string) => page.getByLabel(/^Amount in/).fill(amount);

/** @param payee a Hexkey ID or an address */
export async function choosePayee(person: Person, payee: string): Promise<void> {
  await goTo(person, '/wallet/send');
  await person.page.getByLabel('Name, Hexkey ID or address').fill(payee);
  await person.press('Next');
  await person.page.getByLabel(/^Amount in/).waitFor();
}
