import { DomainError } from '@hexkey/contract';

/**
 * Turns "no answer came" into `Offline`: Fetch rejects with a TypeError for every network fault, and with the signal's reason when
 * the time is over or a body breaks off. Everything else passes.
 */
export async function orOffline<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw isTransportFailure(error) ? new DomainError('Offline', {}) : error;
  }
}

/** Whether a request failed before a whole answer came. */
export function isTransportFailure(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  return error instanceof DOMException && ['TimeoutError', 'AbortError', 'NetworkError'].includes(error.name);
}
