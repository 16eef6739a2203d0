import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { launchChromium } from '@hexkey/testing';
import { buildPage } from './build-page.ts';
import type { GroupTimes } from './group-page/main.ts';
import { type Result, recordResults } from './record-results.ts';

// End-to-end encryption in Chromium: messages, saving, loading and joining in groups of 64 and 256 devices.
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };
const folder = mkdtempSync(join(tmpdir(), 'hexkey-bench-page-'));
await buildPage('group-page', folder);
const server = createServer(async (incoming, response) => {
  const file = incoming.url === '/' ? 'index.html' : (incoming.url ?? '/').slice(1);
  try {
    const content = await readFile(join(folder, file));
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    response.end(content);
  } catch {
    // A browser asks for an icon, too.
    response.writeHead(404).end();
  }
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const browser = await launchChromium();
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => document.title === 'ready');
  for (const members of [64, 256]) {
    const times = (await page.evaluate(`groupPage.measure(${members}, 200)`)) as GroupTimes;
    recordResults(`group-crypto, ${members} devices`, resultsOf(times));
  }
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
}

/** The goal is the figure of the specification's prototype, measured on another day: a ratio below 1 is faster. */
function resultsOf(times: GroupTimes): Result[] {
  const against = (metric: string, ours: number, peer: number, unit: string): Result => ({
    metric,
    ours: Number(ours.toFixed(3)),
    peer,
    ratio: Number((ours / peer).toFixed(2)),
    unit,
    goal: `not above ${peer} ${unit}`,
    met: ours <= peer,
  });
  return [
    against('encrypt a message, in memory, median', times.encryptMs, 0.35, 'ms'),
    against('decrypt a message, in memory, median', times.decryptMs, 0.35, 'ms'),
    against('encrypt a message, durable and sealed, median', times.encryptDurablyMs, 3, 'ms'),
    against('rows of a message', times.messageBytes / 1000, 39, 'kB'),
    against('keep the rows of a message', times.saveMessageMs, 3, 'ms'),
    against('rows of a commit', times.commitBytes / 1000, 500, 'kB'),
    against('keep the rows of a commit', times.saveCommitMs, 62, 'ms'),
    against('load the group', times.loadMs, 62, 'ms'),
    against('join by a welcome', times.joinMs, 700, 'ms'),
  ];
}
