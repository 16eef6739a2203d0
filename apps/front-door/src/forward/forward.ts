import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Transform } from 'node:stream';
import { DomainError } from '@hexkey/contract';
import { answerHeaders, type OnwardSettings, onwardRequest, type Place } from './onward-request.ts';
import { refuse } from './refuse.ts';

/** A part behind the door, and how much it is sent and waited for. */
export interface Part {
  readonly name: string;
  readonly place: Place;
  /** Where its WebSockets are, if not there too. */
  readonly sockets?: Place;
  readonly bodyLimitBytes: number;
  readonly answerTimeoutMs: number;
}

export interface ForwardSettings extends OnwardSettings {
  /** Told the part and the error's code, never the path or anything the caller sent. */
  readonly onFailure: (part: string, code: string) => void;
}

const bodyTooLong = () => new DomainError('InvalidField', { field: 'body', problem: 'too long' });
const unavailable = () => new DomainError('Unavailable', { retryAfterMs: 1000 });

/** Sends a request on with its path unchanged and streams the answer back. A part that is down answers 503 at once. */
export function forward(
  part: Part,
  settings: ForwardSettings,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (Number(request.headers['content-length'] ?? 0) > part.bodyLimitBytes) {
    refuse(response, bodyTooLong());
    return;
  }
  const onward = onwardRequest(part.place, settings, request, null);
  const fail = (error: DomainError, code: string) => {
    onward.destroy();
    if (response.destroyed || response.writableEnded) return;
    settings.onFailure(part.name, code);
    // An answer that has begun cannot become another one: cut it off, so that nobody takes the part for the whole.
    if (response.headersSent) response.destroy();
    else refuse(response, error);
  };
  const timer = setTimeout(() => fail(unavailable(), 'ETIMEDOUT'), part.answerTimeoutMs);
  response.once('close', () => {
    clearTimeout(timer);
    onward.destroy();
  });
  onward.on('error', (error: NodeJS.ErrnoException) => {
    clearTimeout(timer);
    fail(unavailable(), error.code ?? 'EUNKNOWN');
  });
  onward.once('response', (answer) => {
    clearTimeout(timer);
    response.writeHead(answer.statusCode ?? 502, answerHeaders(part.place, answer.headers));
    pipeline(answer, response, (error) => {
      if (error) fail(unavailable(), error.code ?? 'EUNKNOWN');
    });
  });
  // Not a pipeline: that would destroy the request, and with it the socket that still has to carry the refusal.
  const body = limitTo(part.bodyLimitBytes);
  body.once('error', () => fail(bodyTooLong(), 'EMSGSIZE'));
  request.pipe(body).pipe(onward);
}

/** Counts what a chunked body really holds; a declared length was checked before. */
function limitTo(limitBytes: number): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      if (total > limitBytes) done(new RangeError('body too long'));
      else done(null, chunk);
    },
  });
}
