import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

const script = `
import * as glue from './juicebox-sdk_bg.js';
const { instance } = await WebAssembly.instantiateStreaming(fetch('./juicebox-sdk_bg.wasm'), {
  './juicebox-sdk_bg.js': glue,
});
glue.__wbg_set_wasm(instance.exports);
globalThis.juicebox = glue;
document.title = 'ready';
`;
const types: Readonly<Record<string, string>> = {
  '/': 'text/html',
  '/main.js': 'text/javascript',
  '/juicebox-sdk_bg.js': 'text/javascript',
  '/juicebox-sdk_bg.wasm': 'application/wasm',
};

/** A page that loads the unmodified official client, and is titled "ready" once it has. */
export async function serveOfficialClientPage(): Promise<{ url: string; close(): void }> {
  const folder = dirname(createRequire(import.meta.url).resolve('juicebox-sdk/package.json'));
  const contents = new Map<string, Buffer>([
    ['/', Buffer.from('<!doctype html><title>loading</title><script type="module" src="/main.js"></script>')],
    ['/main.js', Buffer.from(script)],
    ['/juicebox-sdk_bg.js', await readFile(join(folder, 'juicebox-sdk_bg.js'))],
    ['/juicebox-sdk_bg.wasm', await readFile(join(folder, 'juicebox-sdk_bg.wasm'))],
  ]);
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const content = contents.get(path);
    if (content === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': types[path] }).end(content);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    // Another host name than the nodes': the browser asks them across origins, as in production.
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
