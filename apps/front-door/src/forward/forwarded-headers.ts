import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Headers of one connection, which a proxy must not pass on. RFC 9110 section 7.6.1. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** What only this door may say. */
const claims = new Set([
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
]);

/** Headers without those of the connection they came over, including the ones `Connection` names. */
export function endToEndHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').toLowerCase().split(',');
  const dropped = new Set(named.map((name) => name.trim()));
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !dropped.has(name)),
  );
}

/**
 * The caller's headers, with who called set by us: a caller's own claim would let it choose whose rate limit it uses up.
 *
 * @param trustProxy take the last entry that the operator's own proxy appended
 */
export function forwardedHeaders(
  request: IncomingMessage,
  { publicUrl, trustProxy }: { publicUrl: URL; trustProxy: boolean },
): IncomingHttpHeaders {
  const own = Object.entries(endToEndHeaders(request.headers)).filter(([name]) => !claims.has(name));
  return {
    ...Object.fromEntries(own),
    'x-forwarded-for': callerAddress(request, trustProxy),
    'x-forwarded-host': publicUrl.host,
    'x-forwarded-proto': publicUrl.protocol.slice(0, -1),
  };
}

/** Who called, as far as this door knows. */
export function callerAddress(request: IncomingMessage, trustProxy: boolean): string {
  const appended = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim();
  return (trustProxy && appended) || request.socket.remoteAddress || '';
}
