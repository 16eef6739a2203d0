import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@hexkey/testing';
import { expect } from 'vitest';

const screenshots = fileURLToPath(new URL('../node_modules/.cache/screenshots', import.meta.url));
const slowMs = 120_000;

/** What a person does in the web client, in the words on its buttons. */
export interface Person {
  readonly page: Page;
  press(button: string): Promise<void>;
  /** Waits for a page by its title. */
  sees(title: string | RegExp): Promise<void>;
  enterPin(pin: string): Promise<void>;
  setPin(pin: string): Promise<void>;
  changePin(oldPin: string, newPin: string): Promise<void>;
  readWords(): Promise<readonly string[]>;
  enterWords(words: readonly string[]): Promise<void>;
  enterPhone(phone: string): Promise<void>;
  enterCode(code: string): Promise<void>;
  /** The number under More. */
  hexkeyId(): Promise<string>;
  viewWords(pin: string): Promise<readonly string[]>;
  screenshot(name: string): Promise<void>;
}

export function personAt(page: Page): Person {
  page.setDefaultTimeout(slowMs);
  const press = (name: string) =>
    page
      .getByRole('button', { name, exact: true })
      .or(page.getByRole('link', { name, exact: true }))
      .first()
      .click();
  const sees = (name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();
  const pinField = page.getByRole('textbox', { name: 'PIN' });
  const enterPin = async (pin: string) => {
    await pinField.and(page.locator(':enabled')).waitFor();
    await pinField.pressSequentially(pin);
  };
  const readWords = async () => {
    const list = page.getByRole('list', { name: 'Your words' });
    await list.waitFor();
    const items = await list.getByRole('listitem').allInnerTexts();
    return items.map((item) => item.replace(/^\d+\s*/, '').trim());
  };
  const enterFourTimes = async (pin: string) => {
    for (const entry of [1, 2, 3, 4]) {
      await page.getByText(`${entry}/4`).waitFor();
      await enterPin(pin);
    }
  };
  return {
    page,
    press,
    sees,
    enterPin,
    readWords,
    setPin: async (pin) => {
      await enterFourTimes(pin);
      await sees('What happens if the PIN is lost?');
      await page.getByText('I lose access to my account and assets').click();
      await press('Continue');
    },
    changePin: async (oldPin, newPin) => {
      await page.goto(new URL('/settings/account/security/pin/change', page.url()).href);
      await sees('Change PIN');
      await enterPin(oldPin);
      await enterFourTimes(newPin);
      await sees('PIN changed');
    },
    enterWords: async (words) => {
      for (const [index, word] of words.entries())
        await page.getByLabel(`Word ${index + 1}`, { exact: true }).fill(word);
    },
    enterPhone: async (phone) => {
      await page.getByLabel('Phone number').fill(phone);
      await press('Send code');
    },
    enterCode: async (code) => {
      const field = page.getByRole('textbox', { name: 'Code' });
      await field.waitFor();
      await field.pressSequentially(code);
    },
    hexkeyId: async () => {
      await page.getByRole('link', { name: 'More' }).first().click();
      const id = page.getByText(/^\d{9}$/).first();
      await id.waitFor();
      return id.innerText();
    },
    viewWords: async (pin) => {
      await page.goto(new URL('/settings/account/security/words', page.url()).href);
      await enterPin(pin);
      return readWords();
    },
    screenshot: async (name) => {
      mkdirSync(screenshots, { recursive: true });
      const path = join(screenshots, `journey-${name}.png`);
      // Words and codes are secrets in a test too: their places are shown, they are not.
      const mask = [
        page.getByRole('listitem').filter({ hasText: /^\d+\s*[a-z]+$/ }),
        page.getByText(/^\d{4}$/),
      ];
      expect((await page.screenshot({ path, mask, maskColor: '#9aa3ae' })).length).toBeGreaterThan(1000);
    },
  };
}
