import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ForwardSettings, Part } from './forward.ts';
import { onwardRequest } from './onward-request.ts';

/** Joins a WebSocket (any `Upgrade`) to a part. RFC 9110 section 7.8. A part that refuses or is down ends the socket. */
export function forwardUpgrade(
  part: Part,
  settings: ForwardSettings,
  request: IncomingMessage,
  caller: Duplex,
  head: Buffer,
): void {
  const place = part.sockets ?? part.place;
  const onward = onwardRequest(place, settings, request, request.headers.upgrade ?? '');
  const timer = setTimeout(() => onward.destroy(new Error('no answer')), part.answerTimeoutMs);
  onward.once('upgrade', (answer, joined, joinedHead) => {
    clearTimeout(timer);
    caller.write(`HTTP/1.1 101 Switching Protocols\r\n${headerLines(answer, 'outside' in place)}\r\n`);
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

/** @param isOutside then only what belongs to the handshake */
function headerLines(answer: IncomingMessage, isOutside: boolean): string {
  let lines = '';
  for (let index = 0; index < answer.rawHeaders.length; index += 2) {
    if (isOutside && !/^(?:connection|upgrade|sec-websocket-.*)$/i.test(answer.rawHeaders[index] ?? ''))
      continue;
    lines += `${answer.rawHeaders[index]}: ${answer.rawHeaders[index + 1]}\r\n`;
  }
  return lines;
}
