import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchChromium, type Page } from '@hexkey/testing';
import { type PictureId, pictureAddress, pictureIds, pictureSize } from '../apps/web/src/help/pictures.ts';
import { en } from '../apps/web/src/i18n/en.ts';
import { zh } from '../apps/web/src/i18n/zh.ts';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { buildWeb, serveWeb } from './web-build.ts';

// Takes the pictures of the help centre anew, in both languages: `npm run help-pictures`. They show the fake client, so that nobody's data is in
// them; looked at in Chromium, as every other look of a screen is.

type Texts = typeof en | typeof zh;
interface Shot {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  reach?(page: Page, texts: Texts): Promise<void>;
  /** What must be seen; otherwise the page is shown from its top. */
  middle?(page: Page, texts: Texts): ReturnType<Page['getByText']>;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const typePin = (page: Page, digits: string) =>
  page.getByLabel('PIN', { exact: true }).pressSequentially(digits);
const kit = '/settings/account/security/recovery-kit';

async function chooseContact(page: Page, texts: Texts): Promise<void> {
  await press(page, texts['contact.got-it']);
  await press(page, texts['contact.ready']);
  await typePin(page, fakePin);
  await page.getByRole('button', { name: 'Katherine Johnson' }).click();
  await page.getByText('Katherine Johnson').first().waitFor();
}

const shots: Readonly<Record<PictureId, Shot>> = {
  'set-pin': { path: '/pin/set', query: { at: 'set-pin' } },
  'pin-locked': {
    path: '/unlock',
    query: { at: 'enter-pin', scenario: 'locked' },
    async reach(page, texts) {
      await typePin(page, fakePin);
      await page.getByText(texts['pin.locked'], { exact: true }).first().waitFor();
    },
  },
  'forgot-pin': { path: '/unlock/forgot-pin', query: { at: 'enter-pin', scenario: 'some-tried' } },
  'change-pin': { path: '/settings/account/security/pin/change', query: { at: 'home' } },
  'recovery-kit': {
    path: kit,
    query: { at: 'home', scenario: 'kit-phone' },
    middle: (page, texts) => page.getByRole('link', { name: texts['words.title'] }).last(),
  },
  'contact-ready': {
    path: `${kit}/contact`,
    query: { at: 'home', scenario: 'kit-phone' },
    reach: (page, texts) => press(page, texts['contact.got-it']),
  },
  'contact-code': {
    path: `${kit}/contact`,
    query: { at: 'home', scenario: 'kit-phone' },
    reach: chooseContact,
  },
  'contact-page': {
    path: `${kit}/contact`,
    query: { at: 'home', scenario: 'kit-all' },
    async reach(page, texts) {
      await press(page, texts['contact.view']);
      await typePin(page, fakePin);
      await page.getByRole('heading', { name: 'Katherine Johnson' }).waitFor();
    },
  },
  'login-help': {
    path: '/login/help',
    query: { at: 'signed-out', needs: 'verification', scenario: 'kit-phone' },
    reach: (page, texts) => page.getByText(texts['login-help.lost']).waitFor(),
  },
  'login-contact': { path: '/login/contact', query: { at: 'signed-out', needs: 'contact-login' } },
  'login-words': { path: '/login/words', query: { at: 'signed-out' } },
  'words-check': {
    path: `${kit}/words`,
    query: { at: 'home' },
    async reach(page, texts) {
      await press(page, texts['action.continue']);
      await typePin(page, fakePin);
      await press(page, texts['words.written']);
    },
  },
  'add-phone': { path: '/settings/account/phone', query: { at: 'home' } },
  'conversation-privacy': { path: '/settings/account/privacy/conversation', query: { at: 'home' } },
  'phone-privacy': { path: '/settings/account/privacy/phone', query: { at: 'home' } },
  devices: { path: '/settings/account/security/devices', query: { at: 'home' } },
  logs: { path: '/settings/account/security/logs', query: { at: 'home' } },
};

/** PNG to WebP, by the browser: at a tenth of the size nobody sees a difference. */
async function toWebp(page: Page, png: Buffer): Promise<Buffer> {
  const address = `data:image/png;base64,${png.toString('base64')}`;
  const webp = (await page.evaluate(`(async () => {
    const image = await createImageBitmap(await (await fetch(${JSON.stringify(address)})).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
    return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
  })()`)) as string;
  return Buffer.from(webp, 'base64');
}

/** Without a Chinese font every character is the same box. */
const seesChinese = `(() => {
  const drawn = (character) => {
    const canvas = new OffscreenCanvas(40, 40);
    const context = canvas.getContext('2d');
    context.font = '30px system-ui, sans-serif';
    context.fillText(character, 4, 34);
    return context.getImageData(0, 0, 40, 40).data.join();
  };
  return drawn('中') !== drawn('文');
})()`;

const server = await serveWeb(await buildWeb('fake'));
const browser = await launchChromium();
try {
  const context = await browser.newContext({
    viewport: pictureSize,
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  const page = await context.newPage();
  const converter = await context.newPage();
  if (!(await converter.evaluate(seesChinese)))
    throw new Error(
      'no Chinese font on this computer: install one, for example Noto Sans CJK (fonts-noto-cjk)',
    );
  let totalBytes = 0;
  for (const [language, texts] of [['en', en] as const, ['zh', zh] as const])
    for (const id of pictureIds) {
      const { path, query, reach, middle } = shots[id];
      // The client counts from its start, so that a picture shows the same times whenever it is taken.
      await page.clock.setFixedTime(new Date('2026-11-28T09:41:00Z'));
      await page.goto(
        `${server.origin}${path}?${new URLSearchParams({ ...query, language: language === 'zh' ? 'zh-CN' : 'en' })}`,
      );
      await page.locator('h1').filter({ visible: true }).first().waitFor();
      await reach?.(page, texts);
      // As somebody sees it who has touched nothing yet.
      await page.evaluate('document.activeElement?.blur?.(), scrollTo(0, 0)');
      await page.mouse.move(0, 0);
      await middle?.(page, texts).evaluate((row) => row.scrollIntoView({ block: 'center' }));
      await page.waitForLoadState('networkidle');
      const file = fileURLToPath(
        new URL(`../apps/web/public${pictureAddress(id, language)}`, import.meta.url),
      );
      const webp = await toWebp(converter, await page.screenshot());
      totalBytes += webp.length;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, webp);
      process.stdout.write(`${language}/${id} ${webp.length}\n`);
      await page.evaluate('localStorage.clear(); sessionStorage.clear()');
    }
  process.stdout.write(`${totalBytes} bytes in all\n`);
} finally {
  await browser.close();
  await server.close();
}
