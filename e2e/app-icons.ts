import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '@hexkey/testing';

// Draws the icons of the installed client anew from the mark: `npm run app-icons`.

const publicFolder = fileURLToPath(new URL('../apps/web/public/', import.meta.url));
const icons = `${publicFolder}icons/`;
const mark = await readFile(`${publicFolder}mark.svg`, 'utf8');
const accent = '#2F5DE3';
/** On the accent, in the colours turned round; what a system cuts off is outside the inner 80 % (Web App Manifest, "Icon masks"). */
const maskable = mark
  .replace('viewBox="0 0 48 48"', 'viewBox="-12 -12 72 72"')
  .replaceAll(accent, 'turned')
  .replaceAll('#fff', accent)
  .replaceAll('turned', '#fff');

const browser = await launchChromium();
try {
  await mkdir(icons, { recursive: true });
  for (const [name, size, picture, background] of [
    ['mark-192', 192, mark, 'transparent'],
    ['mark-512', 512, mark, 'transparent'],
    ['maskable-192', 192, maskable, accent],
    ['maskable-512', 512, maskable, accent],
    // iOS fills what is transparent with black.
    ['apple-touch-180', 180, maskable, accent],
  ] as const) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<style>body{margin:0;background:${background}}svg{display:block;width:100vw;height:100vh}</style>${picture}`,
    );
    await writeFile(`${icons}${name}.png`, await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
