import type { ServerResponse } from 'node:http';
import { loginProofHeader, nodeProofHeader, nodeUserHeader } from '@hexkey/protocol';
import type { NodeRefusal } from '../refusal.ts';

/** Pages of any origin may ask: a node knows no cookie, so an origin gives nobody anything. */
const corsHeaders = {
  'access-control-allow-origin': '*',
  // The official client reads `Retry-After` through a fetch hook.
  'access-control-expose-headers': 'retry-after',
  'cross-origin-resource-policy': 'cross-origin',
};
/** Flat, as node:http writes them fastest. */
const cborHeaders = Object.entries({
  ...corsHeaders,
  'content-type': 'application/cbor',
  'cache-control': 'no-store',
}).flat();
const preflightHeaders = {
  ...corsHeaders,
  'access-control-allow-methods': 'GET, POST',
  // Browsers that let scripts set a user agent ask for it.
  'access-control-allow-headers': [
    'authorization',
    'content-type',
    'user-agent',
    'x-juicebox-version',
    nodeProofHeader,
    loginProofHeader,
    nodeUserHeader,
  ].join(', '),
  'access-control-max-age': '86400',
};

export function sendPreflight(response: ServerResponse): void {
  response.writeHead(204, preflightHeaders).end();
}

export function sendCbor(response: ServerResponse, body: Uint8Array): void {
  response.writeHead(200, [...cborHeaders, 'content-length', String(body.length)]).end(body);
}

export function sendJson(response: ServerResponse, status: number, value: object): void {
  const body = Buffer.from(JSON.stringify(value));
  response
    .writeHead(status, {
      ...corsHeaders,
      'content-type': 'application/json',
      'content-length': body.length,
      'cache-control': 'no-store',
    })
    .end(body);
}

/** Plain text, never empty and never CBOR of an answer: official clients try to decode the body of an error. */
export function sendRefusal(response: ServerResponse, refusal: NodeRefusal): void {
  const body = Buffer.from(`${refusal.message}\n`);
  response
    .writeHead(refusal.status, {
      ...corsHeaders,
      'content-type': 'text/plain; charset=utf-8',
      'content-length': body.length,
      'cache-control': 'no-store',
      ...(refusal.retryAfterMs === null
        ? {}
        : { 'retry-after': String(Math.ceil(refusal.retryAfterMs / 1000)) }),
      // The rest of an oversize body is not worth reading.
      ...(refusal.status === 413 ? { connection: 'close' } : {}),
    })
    .end(body);
}
