import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ForwardSettings, Part } from './forward.ts';
import { forwardedHeaders } from './forwarded-headers.ts';

/** Joins a WebSocket (any `Upgrade`) to a part. RFC 9110 section 7.8. A part that refuses or is down ends the socket. */
export function forwardUpgrade(
  part: Part,
  settings: ForwardSettings,
  request: IncomingMessage,
  caller: Duplex,
  head: Buffer,
): void {
  const onward = httpRequest({
    host: part.origin.hostname,
    port: part.origin.port,
    method: request.method,
    path: request.url,
    headers: {
      ...forwardedHeaders(request, settings),
      connection: 'Upgrade',
      upgrade: request.headers.upgrade,
    },
  });
  const timer = setTimeout(() => onward.destroy(new Error('no answer')), part.answerTimeoutMs);
  onward.once('upgrade', (answer, joined, joinedHead) => {
    clearTimeout(timer);
    caller.write(`HTTP/1.1 101 Switching Protocols\r\n${headerLines(answer)}\r\n`);
    caller.write(joinedHead);
    joined.write(head);
    joined.pipe(caller).pipe(joined);
    joined.once('error', () => caller.destroy());
    caller.once('error', () => joined.destroy());
    joined.once('close', () => caller.destroy());
    caller.once('close', () => joined.destroy());
  });
  const refuse = (status: string) => {
    clearTimeout(timer);
    if (!caller.destroyed) caller.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  };
  onward.once('response', (answer) => {
    answer.resume();
    refuse(`${answer.statusCode} ${answer.statusMessage}`);
  });
  onward.on('error', (error: NodeJS.ErrnoException) => {
    settings.onFailure(part.name, error.code ?? 'EUNKNOWN');
    refuse('503 Service Unavailable');
  });
  caller.once('error', () => onward.destroy());
  onward.end();
}

function headerLines(answer: IncomingMessage): string {
  let lines = '';
  for (let index = 0; index < answer.rawHeaders.length; index += 2)
    lines += `${answer.rawHeaders[index]}: ${answer.rawHeaders[index + 1]}\r\n`;
  return lines;
}
