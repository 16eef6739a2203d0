import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  request,
} from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { endToEndHeaders, forwardedHeaders } from './forwarded-headers.ts';

/** Where a part is. */
export type Place =
  /** A part of Hexkey, which gets the path unchanged and hears who called. */
  | { readonly origin: URL }
  /** Somebody else's server. It hears nothing of the caller: no address, no cookie, no agent. The address may hold a key. */
  | { readonly outside: URL };

export interface OnwardSettings {
  readonly publicUrl: URL;
  readonly trustProxy: boolean;
}

// Idle sockets go before Node's servers close them (5 s), so that no request is written into a closing connection: it
// could not be repeated, because it may have spent a guess.
const idle = { keepAlive: true, timeout: 3000 };
const agent = new Agent(idle);
const tlsAgent = new TlsAgent(idle);

/** What an RPC call needs; the compression of its answer is for the caller to undo. */
const toldOutside = ['accept', 'accept-encoding', 'content-encoding', 'content-length', 'content-type'];
const toldOutsideBySockets = [
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'sec-websocket-version',
];
/** Nothing that would set a cookie, a policy or another origin's rights here. */
const heardFromOutside = ['content-encoding', 'content-length', 'content-type', 'retry-after'];

/** Opens the request that goes on to a part. @param upgrade the protocol to change to; null for a plain request */
export function onwardRequest(
  place: Place,
  settings: OnwardSettings,
  caller: IncomingMessage,
  upgrade: string | null,
): ReturnType<typeof request> {
  const url = 'origin' in place ? place.origin : place.outside;
  const isTls = url.protocol === 'https:' || url.protocol === 'wss:';
  const headers =
    'origin' in place
      ? forwardedHeaders(caller, settings)
      : {
          ...pick(caller.headers, upgrade === null ? toldOutside : toldOutsideBySockets),
          host: place.outside.host,
        };
  const options: RequestOptions = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    ...(url.port !== '' && { port: url.port }),
    method: caller.method,
    path: 'origin' in place ? caller.url : `${url.pathname}${url.search}`,
    headers: upgrade === null ? headers : { ...headers, connection: 'Upgrade', upgrade },
    // An upgraded socket is not given back.
    ...(upgrade === null && { agent: isTls ? tlsAgent : agent }),
  };
  return isTls ? tlsRequest(options) : request(options);
}

/** Headers of a part's answer that the caller gets. */
export function answerHeaders(place: Place, headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return 'origin' in place
    ? endToEndHeaders(headers)
    : { ...pick(headers, heardFromOutside), 'cache-control': 'no-store' };
}

function pick(headers: IncomingHttpHeaders, names: readonly string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}
