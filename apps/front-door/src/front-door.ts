import { createServer, type RequestListener, type Server } from 'node:http';
import type { Config } from './config.ts';
import { type ForwardSettings, forward, type Part } from './forward/forward.ts';
import { forwardUpgrade } from './forward/forward-upgrade.ts';
import { securityHeaders, transportHeaders } from './web/security-headers.ts';
import { webFiles } from './web/web-files.ts';

const nodePath = /^\/nodes\/([1-9][0-9]{0,3})\//;

/** One origin for everything: the web client, `/api/` and `/nodes/N/`, each path passed on unchanged. */
export function frontDoor(config: Config, onFailure: ForwardSettings['onFailure']): Server {
  const settings = { publicUrl: config.publicUrl, trustProxy: config.trustProxy, onFailure };
  const partOf = partsOf(config);
  const transport = Object.entries(transportHeaders(config.publicUrl));
  const web: RequestListener =
    'folder' in config.web
      ? webFiles(config.web.folder, securityHeaders(config.publicUrl, config.nodeOrigins))
      : (_request, response) => response.writeHead(404).end();
  const server = createServer((request, response) => {
    for (const [name, value] of transport) response.setHeader(name, value);
    const path = request.url ?? '';
    if (path === '/health') {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify({ status: 'ok', part: 'front-door' }));
      return;
    }
    const part = partOf(path);
    if (part !== null) forward(part, settings, request, response);
    else web(request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    // The server has let go of the socket: a reset that nobody listens for would end the process.
    socket.on('error', () => socket.destroy());
    const part = partOf(request.url ?? '');
    if (part !== null) forwardUpgrade(part, settings, request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  return server;
}

/** Which part answers a path; null for the web client's own. */
function partsOf({ api, nodes, web }: Config): (path: string) => Part | null {
  const apiPart: Part = { name: 'api', origin: api, bodyLimitBytes: 1_048_576, answerTimeoutMs: 30_000 };
  const nodeParts = nodes.map(
    (origin, index): Part => ({
      name: `node-${index + 1}`,
      origin,
      // A node refuses more than 2 KiB itself, with the answer its protocol names.
      bodyLimitBytes: 16_384,
      answerTimeoutMs: 15_000,
    }),
  );
  const devServer: Part | null =
    'devServer' in web
      ? { name: 'web', origin: web.devServer, bodyLimitBytes: 0, answerTimeoutMs: 60_000 }
      : null;
  return (path) => {
    if (path.startsWith('/api/')) return apiPart;
    const node = nodePath.exec(path)?.[1];
    return (node !== undefined && nodeParts[Number(node) - 1]) || devServer;
  };
}
