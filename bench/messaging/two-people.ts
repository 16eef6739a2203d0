import type { Browser, Page } from '@hexkey/testing';

const pin = '492713';

/** Two people in browsers of their own, with their conversation open on both sides. */
export interface TwoPeople {
  readonly writer: Page;
  readonly reader: Page;
}

/** Registers both as anybody does, through the screens of a Hexkey that runs. */
export async function openTwoPeople(browser: Browser, origin: string): Promise<TwoPeople> {
  const writer = await register(browser, origin, 'Ann');
  const reader = await register(browser, origin, 'Bob');
  await reader.goto(new URL('/profile', origin).href);
  const readersId = await reader
    .getByText(/^\d{9}$/)
    .first()
    .innerText();
  await reader.goto(new URL('/chats', origin).href);
  await writer.goto(new URL('/chats/new', origin).href);
  await writer.getByLabel('Name or Hexkey ID').fill(readersId);
  await press(writer, 'Open chat');
  await say(writer, 'Good morning');
  await reader.getByRole('link', { name: /^Ann/ }).click();
  await reader.getByRole('article', { name: 'Good morning' }).waitFor();
  return { writer, reader };
}

export async function say(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill(text);
  await composer.press('Enter');
}

async function register(browser: Browser, origin: string, name: string): Promise<Page> {
  // The floor is measured between the same pages; the policy of the product lets them speak to its own server only.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(origin);
  for (const button of ['Create account', 'Use a mnemonic phrase', 'Continue']) await press(page, button);
  for (const entry of [1, 2, 3, 4]) {
    await page.getByText(`${entry}/4`).waitFor();
    const field = page.getByRole('textbox', { name: 'PIN' });
    await field.and(page.locator(':enabled')).waitFor();
    await field.pressSequentially(pin);
  }
  await page.getByText('I lose access to my account and assets').click();
  await press(page, 'Continue');
  await press(page, 'Later');
  await page.getByLabel('Name').fill(name);
  await press(page, 'Continue');
  await page.getByRole('heading', { name: 'Chats' }).first().waitFor();
  return page;
}

function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  return button
    .or(page.getByRole('link', { name, exact: true }))
    .first()
    .click();
}
