import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { DomainError } from '@hexkey/contract';
import type { Config } from './config.ts';
import { type BudgetTerms, callerBudget } from './forward/caller-budget.ts';
import { type ForwardSettings, forward, type Part } from './forward/forward.ts';
import { forwardUpgrade } from './forward/forward-upgrade.ts';
import { callerAddress } from './forward/forwarded-headers.ts';
import { refuse } from './forward/refuse.ts';
import { securityHeaders, transportHeaders } from './web/security-headers.ts';
import { webFiles } from './web/web-files.ts';

/** The only path of the ledger, and the path at which the local devnet serves. */
const ledgerPath = '/ledger/';
/** Solana's own limit. */
const ledgerBodyBytes = 51_200;
const nodePath = /^\/nodes\/([1-9][0-9]{0,3})\//;

/** The operator's quota at a cluster, for one caller: a wallet that is opened takes some fifty requests, and few after that. */
const clusterBudget: BudgetTerms = { most: 400, perSecond: 10, sockets: 8 };
/** A batch of requests has the length of several. */
const bytesOfToken = 512;

/**
 * One origin for everything: the web client, `/api/`, `/nodes/N/` and `/ledger/`, each path passed on unchanged.
 * @param now milliseconds that never go back
 */
export function frontDoor(
  config: Config,
  onFailure: ForwardSettings['onFailure'],
  now: () => number = () => performance.now(),
): Server {
  const settings = { publicUrl: config.publicUrl, trustProxy: config.trustProxy, onFailure };
  const partOf = partsOf(config);
  const budget = callerBudget(clusterBudget, now);
  const isRationed = (path: string) =>
    path === ledgerPath && config.ledger !== null && 'rpc' in config.ledger;
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
    const waitMs = isRationed(path)
      ? budget.take(callerAddress(request, config.trustProxy), tokensOf(request))
      : 0;
    if (waitMs > 0) refuse(response, new DomainError('TooMany', { retryAfterMs: waitMs }));
    else if (part !== null) forward(part, settings, request, response);
    else web(request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    // The server has let go of the socket: a reset that nobody listens for would end the process.
    socket.on('error', () => socket.destroy());
    const part = partOf(request.url ?? '');
    const close = isRationed(request.url ?? '')
      ? budget.openSocket(callerAddress(request, config.trustProxy))
      : () => undefined;
    if (close === null)
      return socket.end('HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    socket.once('close', close);
    if (part !== null) forwardUpgrade(part, settings, request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  return server;
}

/** A body of unknown length counts as the longest. */
function tokensOf({ headers, method }: IncomingMessage): number {
  if (method !== 'POST') return 1;
  return 1 + Math.floor(Number(headers['content-length'] ?? ledgerBodyBytes) / bytesOfToken);
}

/** Which part answers a path; null for the web client's own. */
function partsOf({ api, nodes, ledger, web }: Config): (path: string) => Part | null {
  const apiPart: Part = {
    name: 'api',
    place: { origin: api },
    bodyLimitBytes: 1_048_576,
    answerTimeoutMs: 30_000,
  };
  const nodeParts = nodes.map(
    (origin, index): Part => ({
      name: `node-${index + 1}`,
      place: { origin },
      // A node refuses more than 2 KiB itself, with the answer its protocol names.
      bodyLimitBytes: 16_384,
      answerTimeoutMs: 15_000,
    }),
  );
  const ledgerPart: Part | null = ledger && {
    name: 'ledger',
    ...('devnet' in ledger
      ? { place: { origin: ledger.devnet } }
      : { place: { outside: ledger.rpc }, sockets: { outside: ledger.sockets } }),
    bodyLimitBytes: ledgerBodyBytes,
    answerTimeoutMs: 30_000,
  };
  const devServer: Part | null =
    'devServer' in web
      ? { name: 'web', place: { origin: web.devServer }, bodyLimitBytes: 0, answerTimeoutMs: 60_000 }
      : null;
  return (path) => {
    if (path.startsWith('/api/')) return apiPart;
    if (path === ledgerPath) return ledgerPart;
    const node = nodePath.exec(path)?.[1];
    return (node !== undefined && nodeParts[Number(node) - 1]) || devServer;
  };
}
