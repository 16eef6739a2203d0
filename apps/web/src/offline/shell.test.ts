import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createShell } from './shell.ts';

const origin = 'https://hexkey.example';
const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const page = '<!doctype html><title>one</title>';
const list = {
  version: 'one',
  files: { '/': hashOf(page), '/assets/main-1a2b.js': hashOf('one'), '/mark.svg': hashOf('mark') },
};

/** A server and the caches of a browser; the fetch checks hashes as browsers do. */
function aBrowser() {
  const served = new Map([
    ['/', { body: page, status: 200, policy: 'first' }],
    ['/assets/main-1a2b.js', { body: 'one', status: 200, policy: '' }],
    ['/mark.svg', { body: 'mark', status: 200, policy: '' }],
  ]);
  const caches = new Map<string, Map<string, Response>>();
  const asked: string[] = [];
  let giveUp: (() => void) | null = null;
  let isSilent = false;
  return {
    served,
    caches,
    asked,
    beSilent: () => {
      isSilent = true;
    },
    giveUp: () => giveUp?.(),
    port: {
      origin,
      caches: {
        open: async (name: string) => {
          const kept = caches.get(name) ?? new Map<string, Response>();
          caches.set(name, kept);
          return {
            match: async (path: string) => kept.get(path)?.clone(),
            put: async (path: string, response: Response) => void kept.set(path, response),
          } as unknown as Cache;
        },
        keys: async () => [...caches.keys()],
        delete: async (name: string) => caches.delete(name),
      },
      async fetch(path: string, { integrity }: RequestInit) {
        asked.push(path);
        if (isSilent) return new Promise<Response>(() => undefined);
        const found = served.get(path);
        if (found === undefined) throw new TypeError('no network');
        if (integrity !== undefined && integrity !== hashOf(found.body)) throw new TypeError('another file');
        const { status, policy } = found;
        return new Response(found.body, { status, headers: { 'content-security-policy': policy } });
      },
      after: () =>
        new Promise<void>((resolve) => {
          giveUp = resolve;
        }),
    },
  };
}

const request = (path: string, more: { method?: string; mode?: string } = {}) =>
  ({ url: new URL(path, origin).href, method: 'GET', mode: 'navigate', ...more }) as Request;

async function keptShell() {
  const browser = aBrowser();
  const shell = createShell(list, browser.port);
  await shell.keep();
  browser.asked.length = 0;
  return { browser, shell };
}

test('without a network every page is the one of this build, with its files', async () => {
  const { browser, shell } = await keptShell();
  browser.served.clear();
  for (const path of ['/', '/chats/7c', '/help?from=offline'])
    expect(await (await shell.answer(request(path)))?.text()).toBe(page);
  const file = await shell.answer(request('/assets/main-1a2b.js', { mode: 'cors' }));
  expect(await file?.text()).toBe('one');
});

test('a file of another build is not kept, and nothing of that attempt either', async () => {
  for (const broken of [
    { body: 'two', status: 200, policy: '' },
    { body: 'one', status: 503, policy: '' },
  ]) {
    const browser = aBrowser();
    browser.served.set('/assets/main-1a2b.js', broken);
    await expect(createShell(list, browser.port).keep()).rejects.toThrow(TypeError);
    expect([...browser.caches.keys()]).toEqual([]);
  }
});

test.each(['/api/v1/server', '/api/', '/nodes/1/req', '/ledger/', '/health'])(
  '%s is between the page and the server alone',
  async (path) => {
    const { browser, shell } = await keptShell();
    for (const mode of ['navigate', 'cors']) expect(shell.answer(request(path, { mode }))).toBeNull();
    expect(browser.asked).toEqual([]);
  },
);

test('what is not of this build, not of this origin or not a GET goes to the server', async () => {
  const { shell } = await keptShell();
  for (const asked of [
    request('/assets/main-9z8y.js', { mode: 'cors' }),
    request('/help/en/set-pin.webp', { mode: 'no-cors' }),
    request('/help/en/set-pin.webp'),
    request('https://node.example/mark.svg', { mode: 'cors' }),
    request('/', { method: 'POST' }),
  ])
    expect(shell.answer(asked)).toBeNull();
});

test('the page brings the headers that the server sends today, and keeps them', async () => {
  const { browser, shell } = await keptShell();
  browser.served.set('/', { body: page, status: 200, policy: 'second' });
  const policyOf = async () => (await shell.answer(request('/')))?.headers.get('content-security-policy');
  expect(await policyOf()).toBe('second');
  browser.served.clear();
  expect(await policyOf()).toBe('second');
});

test('a newer page at the server does not begin by itself, nor one that is an error', async () => {
  const { browser, shell } = await keptShell();
  for (const answer of [
    { body: '<!doctype html><title>two</title>', status: 200, policy: 'second' },
    { body: page, status: 503, policy: 'second' },
  ]) {
    browser.served.set('/', answer);
    const shown = await shell.answer(request('/'));
    expect([await shown?.text(), shown?.headers.get('content-security-policy')]).toEqual([page, 'first']);
  }
});

test('a server that says nothing holds no page up', async () => {
  const { browser, shell } = await keptShell();
  browser.beSilent();
  const shown = shell.answer(request('/'));
  await expect.poll(() => browser.asked).toEqual(['/']);
  browser.giveUp();
  expect(await (await shown)?.text()).toBe(page);
});

test('what was thrown away by the browser is fetched again', async () => {
  const { browser, shell } = await keptShell();
  browser.caches.clear();
  expect(await (await shell.answer(request('/mark.svg', { mode: 'no-cors' })))?.text()).toBe('mark');
});

test('the next version drops the files of those before, and nothing else', async () => {
  const browser = aBrowser();
  await createShell({ ...list, version: 'zero' }, browser.port).keep();
  await browser.port.caches.open('of somebody else');
  const shell = createShell(list, browser.port);
  await shell.keep();
  expect([...browser.caches.keys()].toSorted()).toEqual([
    'hexkey/shell/one',
    'hexkey/shell/zero',
    'of somebody else',
  ]);
  await shell.dropOthers();
  expect([...browser.caches.keys()].toSorted()).toEqual(['hexkey/shell/one', 'of somebody else']);
});
