import type { ServerResponse } from 'node:http';
import { type DomainError, problemMediaType, problemOf } from '@hexkey/contract';

/** Answers a refusal of the door itself as a problem document, and closes a connection whose body nobody reads. */
export function refuse(response: ServerResponse, error: DomainError): void {
  const problem = problemOf(error);
  const wait = 'retryAfterMs' in error.details ? error.details.retryAfterMs : null;
  response.writeHead(problem.status, {
    'content-type': problemMediaType,
    'cache-control': 'no-store',
    connection: 'close',
    ...(wait !== null && { 'retry-after': String(Math.ceil(wait / 1000)) }),
  });
  response.end(JSON.stringify(problem));
}
