import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  request,
  type Server,
} from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { absoluteNodeOrigins, type Config } from './config.ts';
import { frontDoor } from './front-door.ts';

const running: Server[] = [];
const failures: string[] = [];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'front-door-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Hexkey</title>');
  writeFileSync(join(folder, 'service-worker.js'), 'void 0;');
  writeFileSync(join(folder, 'manifest.webmanifest'), '{}');
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'main-1a2b.js.br'), brotliCompressSync('export {};'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  failures.length = 0;
});

test('a page of the client is index.html under a policy without inline code, and is never cached', async () => {
  const door = await open({});
  for (const path of ['/', '/settings/security/pin']) {
    const answer = await fetch(door + path);
    expect(await answer.text()).toContain('<title>Hexkey</title>');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types hexkey");
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('strict-transport-security')).toBeNull();
  }
});

test('hashed files are cached for ever, missing files are not pages', async () => {
  const door = await open({});
  const script = await fetch(`${door}/assets/main-1a2b.js`, { headers: { 'accept-encoding': 'gzip, br' } });
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(script.headers.get('content-encoding')).toBe('br');
  expect(await script.text()).toBe('export {};');
  const plain = await fetch(`${door}/assets/main-1a2b.js`, { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect((await fetch(`${door}/assets/gone-0000.js`)).status).toBe(404);
  expect((await fetch(door, { method: 'POST' })).status).toBe(405);
});

test('the service worker and the manifest are asked for each time; a client without a worker has none', async () => {
  const door = await open({});
  for (const [path, type] of [
    ['/service-worker.js', 'text/javascript'],
    ['/manifest.webmanifest', 'application/manifest+json'],
  ] as const) {
    const { headers } = await fetch(door + path);
    expect(headers.get('content-type')).toMatch(type);
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('content-security-policy')).toContain("worker-src 'self'; manifest-src 'self'");
  }
  expect((await fetch(`${door}/other-worker.js`)).status).toBe(404);
});

test('over HTTPS browsers are told to stay there, and absolute node origins may be connected to', async () => {
  const door = await open({
    publicUrl: new URL('https://hexkey.example'),
    nodeOrigins: ['https://one.example'],
  });
  const { headers } = await fetch(door);
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  expect(headers.get('content-security-policy')).toContain("connect-src 'self' https://one.example;");
});

test('a path reaches its part unchanged, and only the door says who called', async () => {
  const seen: unknown[] = [];
  const echo: RequestListener = (incoming, response) => {
    const { 'x-forwarded-for': address, forwarded, 'x-forwarded-proto': protocol } = incoming.headers;
    seen.push({ path: incoming.url, address, forwarded, protocol });
    incoming.pipe(response);
  };
  const door = await open({ api: await listen(echo), nodes: [await listen(echo), await listen(echo)] });
  const headers = { 'x-forwarded-for': '9.9.9.9', forwarded: 'for=9.9.9.9', 'x-forwarded-proto': 'https' };
  const body = Buffer.from([0, 255, 1, 254]);
  for (const path of ['/nodes/2/req', '/api/v1/server?a=%2F%2e', '/nodes/1/']) {
    const answer = await fetch(door + path, { method: 'POST', headers, body });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(body);
  }
  const called = { address: '127.0.0.1', forwarded: undefined, protocol: 'http' };
  expect(seen).toEqual([
    { path: '/nodes/2/req', ...called },
    { path: '/api/v1/server?a=%2F%2e', ...called },
    { path: '/nodes/1/', ...called },
  ]);
});

test("behind the operator's own proxy the caller is the entry that proxy appended", async () => {
  const api = await listen((incoming, response) => response.end(incoming.headers['x-forwarded-for']));
  const headers = { 'x-forwarded-for': '9.9.9.9, 203.0.113.7' };
  const believed = await fetch(`${await open({ api, trustProxy: true })}/api/`, { headers });
  expect(await believed.text()).toBe('203.0.113.7');
});

test('a part that is down answers 503 as a problem document, and the others go on', async () => {
  const gone = await listen(() => {});
  running.pop()?.close();
  const door = await open({ api: await listen((_, response) => response.end('up')), nodes: [gone] });
  const answer = await fetch(`${door}/nodes/1/req`, { method: 'POST', body: 'x' });
  expect(answer.status).toBe(503);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(await answer.json()).toMatchObject({ code: 10008, name: 'Unavailable' });
  expect(failures).toEqual(['node-1 ECONNREFUSED']);
  expect(await (await fetch(`${door}/api/`)).text()).toBe('up');
});

test('an answer that breaks off is cut, never passed as whole', async () => {
  const api = await listen((_, response) => {
    // Chunked: without a declared length a clean end would look like the whole.
    response.write('half', () => response.destroy());
  });
  const answer = await fetch(`${await open({ api })}/api/`);
  await expect(answer.text()).rejects.toThrow();
});

test('a body over the limit is refused, declared or not, and does not reach the node whole', async () => {
  let received = 0;
  const node = await listen((incoming, response) => {
    incoming.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    incoming.on('end', () => response.end('all'));
  });
  const door = await open({ nodes: [node] });
  const declared = await fetch(`${door}/nodes/1/req`, { method: 'POST', body: new Uint8Array(20_000) });
  expect([declared.status, await declared.json()]).toMatchObject([400, { code: 10002 }]);
  expect(received).toBe(0);
  const chunked = request(`${door}/nodes/1/req`, { method: 'POST' });
  chunked.on('error', () => {});
  chunked.write(new Uint8Array(10_000));
  chunked.write(new Uint8Array(10_000));
  const [answer] = await once(chunked, 'response');
  expect(answer.statusCode).toBe(400);
  expect(received).toBeLessThan(20_000);
});

test('a WebSocket is joined to the API; a path nobody serves is refused', async () => {
  const upstream = createServer();
  upstream.on('upgrade', (_incoming, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: echo\r\n\r\n');
    socket.pipe(socket);
  });
  const door = new URL(await open({ api: await listenOn(upstream) }));
  const joined = connect(Number(door.port), door.hostname);
  joined.write('GET /api/v1/socket HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: echo\r\n\r\n');
  expect(String((await once(joined, 'data'))[0])).toMatch(/^HTTP\/1\.1 101 /);
  joined.write('ping');
  expect(String((await once(joined, 'data'))[0])).toBe('ping');
  joined.destroy();
  const refused = connect(Number(door.port), door.hostname);
  refused.write('GET /elsewhere HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: echo\r\n\r\n');
  expect(String((await once(refused, 'data'))[0])).toMatch(/^HTTP\/1\.1 404 /);
});

test('the local devnet gets its one path unchanged, over HTTP and as a WebSocket', async () => {
  const seen: unknown[] = [];
  const upstream = createServer((incoming, response) => {
    seen.push([incoming.url, incoming.headers['x-forwarded-for']]);
    response.end('{}');
  });
  upstream.on('upgrade', (incoming, socket) => {
    seen.push(incoming.url);
    socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: echo\r\n\r\n');
  });
  const door = await open({ ledger: { devnet: await listenOn(upstream) } });
  await fetch(`${door}/ledger/`, { method: 'POST', body: '{}' });
  expect(await upgradeAt(door, '/ledger/')).toMatch(/^HTTP\/1\.1 101 /);
  expect(seen).toEqual([['/ledger/', '127.0.0.1'], '/ledger/']);
  expect((await fetch(`${door}/ledger/health`)).headers.get('content-type')).toContain('text/html');
  expect((await fetch(`${await open({})}/ledger/`, { method: 'POST', body: '{}' })).status).toBe(405);
});

test('a cluster hears nothing of the caller, and its answer sets nothing on this origin', async () => {
  const seen: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
  const upstream = createServer((incoming, response) => {
    seen.push({ url: incoming.url, headers: incoming.headers });
    response.writeHead(200, {
      'content-type': 'application/json',
      'set-cookie': 'a=b',
      'access-control-allow-origin': '*',
    });
    incoming.pipe(response);
  });
  upstream.on('upgrade', (incoming, socket) => {
    seen.push({ url: incoming.url, headers: incoming.headers });
    const lines = ['connection: Upgrade', 'upgrade: echo', 'set-cookie: a=b', 'sec-websocket-accept: yes'];
    socket.end(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
  });
  const { host, origin } = await listenOn(upstream);
  const ledger = {
    rpc: new URL(`${origin}/v2?api-key=secret`),
    sockets: new URL(`ws://${host}/stream?api-key=secret`),
  };
  const door = await open({ ledger });
  const headers = {
    cookie: 'session=1',
    authorization: 'mine',
    'user-agent': 'somebody',
    referer: 'https://hexkey.example/wallet',
    'x-forwarded-for': '9.9.9.9',
    'content-type': 'application/json',
  };
  const answer = await fetch(`${door}/ledger/`, { method: 'POST', headers, body: '{"a":1}' });
  expect(await answer.text()).toBe('{"a":1}');
  expect([answer.headers.get('set-cookie'), answer.headers.get('access-control-allow-origin')]).toEqual([
    null,
    null,
  ]);
  const upgraded = await upgradeAt(door, '/ledger/', ['cookie: session=1', 'sec-websocket-key: key']);
  expect(upgraded).toMatch(/^HTTP\/1\.1 101 .*sec-websocket-accept: yes/s);
  expect(upgraded).not.toContain('cookie');
  expect(seen.map(({ url }) => url)).toEqual(['/v2?api-key=secret', '/stream?api-key=secret']);
  const allowed = new Set([
    ...[
      'accept',
      'accept-encoding',
      'content-length',
      'content-type',
      'transfer-encoding',
      'host',
      'connection',
    ],
    ...['upgrade', 'sec-websocket-key'],
  ]);
  for (const { headers: told } of seen) {
    expect(Object.keys(told).filter((name) => !allowed.has(name))).toEqual([]);
    expect(told.host).toBe(host);
  }
  await fetch(
    `${await open({ ledger: { rpc: new URL('http://127.0.0.1:9/?api-key=secret'), sockets: ledger.sockets } })}/ledger/`,
    {
      method: 'POST',
      body: '{}',
    },
  );
  expect(failures.join()).toMatch(/^ledger /);
  expect(failures.join()).not.toContain('secret');
});

test('one caller cannot use up the quota at a cluster, neither with requests nor with connections; the own devnet has none', async () => {
  let passed = 0;
  const upstream = createServer((incoming, response) => {
    passed += 1;
    incoming.resume().on('end', () => response.end('{}'));
  });
  upstream.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: echo\r\n\r\n');
    // As every WebSocket server does, it closes what its caller closes.
    socket.resume().on('end', () => socket.end());
  });
  const origin = await listenOn(upstream);
  const ask = (door: string, body = '{}') => fetch(`${door}/ledger/`, { method: 'POST', body });
  const cluster = await open({ ledger: { rpc: origin, sockets: origin } }, () => 0);
  for (let asked = 0; asked < 390; asked += 1) expect((await ask(cluster)).status).toBe(200);
  // What is longer counts for more.
  const refused = await ask(cluster, ' '.repeat(6000));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  expect(await refused.json()).toMatchObject({ name: 'TooMany' });
  expect(passed).toBe(390);
  const joined = await Promise.all(Array.from({ length: 8 }, () => joinAt(cluster, '/ledger/')));
  expect(joined.every(({ answer }) => answer.startsWith('HTTP/1.1 101 '))).toBe(true);
  expect(await upgradeAt(cluster, '/ledger/')).toMatch(/^HTTP\/1\.1 429 /);
  for (const { caller } of joined) caller.destroy();
  await expect.poll(() => upgradeAt(cluster, '/ledger/')).toMatch(/^HTTP\/1\.1 101 /);
  const devnet = await open({ ledger: { devnet: origin } }, () => 0);
  for (let asked = 0; asked < 410; asked += 1) expect((await ask(devnet)).status).toBe(200);
});

test('a caller that resets its connection over an upgrade ends nothing but that connection', async () => {
  const faults: Error[] = [];
  const onFault = (error: Error) => faults.push(error);
  const handlers = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', onFault);
  const door = new URL(await open({}));
  for (const path of ['/elsewhere', '/api/v1/socket']) {
    const caller = connect(Number(door.port), door.hostname);
    await once(caller, 'connect');
    caller.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: echo\r\n\r\n`);
    caller.resetAndDestroy();
    await once(caller, 'close');
  }
  expect((await fetch(`${door.origin}/health`)).status).toBe(200);
  process.off('uncaughtException', onFault);
  for (const handler of handlers) process.on('uncaughtException', handler);
  expect(faults).toEqual([]);
});

test('node origins come from absolute addresses only, each once', () => {
  const nodes = [
    { address: '/nodes/1/' },
    { address: 'https://one.example/pin/' },
    { address: 'https://one.example/b/' },
  ];
  const payload = Buffer.from(JSON.stringify({ nodes })).toString('base64url');
  expect(absoluteNodeOrigins(JSON.stringify({ payload }))).toEqual(['https://one.example']);
});

/** @returns what the door answers to an upgrade */
async function upgradeAt(door: string, path: string, lines: readonly string[] = []): Promise<string> {
  const { caller, answer } = await joinAt(door, path, lines);
  caller.destroy();
  return answer;
}

/** The same, and the connection stands. */
async function joinAt(door: string, path: string, lines: readonly string[] = []) {
  const caller = connect(Number(new URL(door).port), '127.0.0.1');
  const all = ['host: x', 'connection: Upgrade', 'upgrade: echo', ...lines];
  caller.write(`GET ${path} HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n`);
  const answer = String((await once(caller, 'data'))[0]);
  return { caller, answer };
}

/** A door over a folder and parts that need not exist. @returns its origin */
async function open(over: Partial<Config>, now?: () => number): Promise<string> {
  const nowhere = new URL('http://127.0.0.1:9');
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    publicUrl: new URL('http://localhost:8080'),
    api: nowhere,
    nodes: [],
    ledger: null,
    web: { folder },
    nodeOrigins: [],
    trustProxy: false,
    ...over,
  };
  const door = frontDoor(config, (part, code) => failures.push(`${part} ${code}`), now);
  return (await listenOn(door)).origin;
}

function listen(listener: RequestListener): Promise<URL> {
  return listenOn(createServer(listener));
}

async function listenOn(server: Server): Promise<URL> {
  running.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}
