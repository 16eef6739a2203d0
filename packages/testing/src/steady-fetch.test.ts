import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { steadyFetch } from './steady-fetch.ts';

/** How many of the next requests lose their connection instead of getting an answer. */
let toClose = 0;
let arrived: string[] = [];
const server = createServer((request, response) => {
  arrived.push(`${request.method} ${request.url}`);
  toClose -= 1;
  if (toClose >= 0) request.socket.destroy();
  else response.end('here');
});
let origin: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  arrived = [];
});

test('a request whose connection is closed under it goes out once more, and not a third time', async () => {
  // The one that all tests use (steady-fetch.setup.ts).
  toClose = 1;
  expect(await (await fetch(`${origin}/a`, { method: 'POST', body: 'x' })).text()).toBe('here');
  expect(arrived).toEqual(['POST /a', 'POST /a']);

  arrived = [];
  toClose = 3;
  await expect(fetch(`${origin}/b`)).rejects.toThrow('fetch failed');
  expect(arrived).toEqual(['GET /b', 'GET /b']);
});

test('what failed otherwise is not sent again', async () => {
  let sent = 0;
  const refusing: typeof fetch = async () => {
    sent += 1;
    throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
  };
  await expect(steadyFetch(refusing)(origin)).rejects.toThrow('fetch failed');
  expect(sent).toBe(1);
});
