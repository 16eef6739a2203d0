import type { Page } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inviteLink } from '../apps/web/src/contacts/invite-link.ts';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { fakeLinkCode } from '../apps/web/src/testing/fake-links.ts';
import { browserSeeing } from './fake-camera.ts';
import { press, typePin } from './fake-web.ts';
import { ownPage } from './one-page.ts';
import { buildWeb, serveWeb } from './web-build.ts';

/** What is scanned with a camera, over the in-memory SDK: a film takes the place of what stands before the lens. */
let server: Awaited<ReturnType<typeof serveWeb>>;
beforeAll(async () => {
  server = await serveWeb(await buildWeb('fake'));
});
afterAll(() => server?.close());

async function seeing(text: string, path: string, use: (page: Page) => Promise<void>): Promise<void> {
  const film = await browserSeeing(text);
  try {
    await ownPage(film.browser, { viewport: { width: 390, height: 844 } }, async (page) => {
      await page.addInitScript(watchCamera);
      await page.goto(server.origin + path);
      await use(page);
    });
  } finally {
    await film.close();
  }
}
/** Runs in the page before its own code: remembers what the camera was asked for. */
const watchCamera = `
  window.tracks = [];
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    window.tracks.push(...stream.getTracks());
    return stream;
  };`;
const camera = (page: Page) => page.evaluate('window.tracks.map((track) => track.readyState)');

test('the camera sees an invite, and the person stands there to be added', () =>
  seeing(inviteLink('https://another.example', '66260701'), '/contacts/add?at=home', async (page) => {
    await press(page, 'Scan with the camera');
    await page.getByText('Alan Turing').waitFor();
    // The camera is let go of as soon as the code was seen.
    expect(await camera(page)).toEqual(['ended']);
    await press(page, 'Add');
    await page.getByText('Alan Turing is a contact now').waitFor();
  }));

test('the camera sees the code of a new device, and the PIN lets it in', () =>
  seeing(fakeLinkCode, '/settings/account/security/devices/link?at=home', async (page) => {
    await press(page, 'Scan with the camera');
    await page.getByText('Safari on iPhone').waitFor();
    expect(await camera(page)).toEqual(['ended']);
    await typePin(page, fakePin);
    await page.getByText('Safari on iPhone is linked. Enter your PIN on it now.').waitFor();
  }));

test('a code that is no device is said to be none, and the camera can look again', () =>
  seeing('https://example.org/menu', '/settings/account/security/devices/link?at=home', async (page) => {
    await press(page, 'Scan with the camera');
    await page.getByText('Code 20176').waitFor();
    expect(await camera(page)).toEqual(['ended']);
    expect(await page.getByRole('button', { name: 'Scan with the camera' }).isEnabled()).toBe(true);
  }));
