import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { request as requestOverTls } from 'node:https';

/** Nobody answers, or nobody that is understood. Its message is for the operator. */
export class NoServerError extends Error {
  override readonly name = 'NoServerError';
}

/** A socket of this computer, or an origin. */
export type Place = { readonly socketPath: string } | { readonly origin: URL };

const answerLimitBytes = 4 * 1024 * 1024;

/**
 * Posts JSON and reads all of the answer, within bounds of size and time. Redirects are not followed: what was signed goes nowhere else.
 * @throws {NoServerError}
 */
export function postJson(
  place: Place,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const call = open(place, {
      method: 'POST',
      path,
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
      timeout: 10_000,
    });
    call.on('response', (response: IncomingMessage) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('data', (part: Buffer) => {
        length += part.length;
        if (length > answerLimitBytes) call.destroy(new NoServerError('an answer beyond its bound'));
        else parts.push(part);
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
      );
      response.on('error', reject);
    });
    call.on('timeout', () => call.destroy(new NoServerError('the server does not answer')));
    call.on('error', (error: NodeJS.ErrnoException) => reject(explained(error, place)));
    call.end(body);
  });
}

function open(place: Place, options: RequestOptions) {
  if ('socketPath' in place) return request({ ...options, socketPath: place.socketPath });
  return place.origin.protocol === 'https:'
    ? requestOverTls(place.origin, options)
    : request(place.origin, options);
}

function explained(error: NodeJS.ErrnoException, place: Place): Error {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE')
    return new NoServerError('the server ended before it answered; what was asked may be done or not');
  if ('origin' in place)
    return error.code === undefined
      ? error
      : new NoServerError(`${place.origin.origin} is not reached (${error.code})`);
  if (error.code === 'EACCES')
    return new NoServerError(`${place.socketPath} belongs to the server's user: run this as that user`);
  if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED')
    return new NoServerError(
      `no server listens on ${place.socketPath}: is Hexkey running, and is this its folder?`,
    );
  return error;
}
