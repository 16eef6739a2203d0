import { lookup } from 'node:dns';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isOutside } from './push-endpoint.ts';

/** What a push service answered, as far as it matters. */
export interface PushAnswer {
  readonly status: number;
  /** It asked for that much patience. */
  readonly retryAfterMs: number | null;
}

export interface PushPort {
  /** Hosts that are asked, as `readEndpoint` takes them. */
  readonly hosts: readonly string[];
  /** @throws an error without the address in its name; nothing was taken for certain */
  post(endpoint: URL, headers: Readonly<Record<string, string>>): Promise<PushAnswer>;
}

/** An address that no push service has. */
class InnerAddressError extends Error {
  override readonly name = 'InnerAddressError';
}

const answerTimeoutMs = 10_000;

/**
 * Messages without contents over HTTPS. Redirections are not followed, and a name that leads inside is not gone to: the address that was looked at
 * is the one that is connected to.
 * @param given a test's own service: its certificate, and that it may be inside
 */
export function httpsPushPort(
  hosts: readonly string[],
  given: { readonly ca?: string; readonly mayReach?: (address: string) => boolean } = {},
): PushPort {
  const mayReach = given.mayReach ?? isOutside;
  const lookUp: LookupFunction = (host, options, answer) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      const addresses = error ? [] : found.filter(({ address }) => mayReach(address));
      const [first] = addresses;
      if (error || first === undefined) return answer(error ?? new InnerAddressError('not outside'), '', 0);
      if (options.all) answer(null, addresses);
      else answer(null, first.address, first.family);
    });
  return {
    hosts,
    post: (endpoint, headers) =>
      new Promise((resolve, reject) => {
        const asked = request(
          endpoint,
          {
            method: 'POST',
            headers: { ...headers, 'content-length': '0' },
            lookup: lookUp,
            agent: false,
            signal: AbortSignal.timeout(answerTimeoutMs),
            ...(given.ca !== undefined && { ca: given.ca }),
          },
          (response) => {
            const seconds = Number(response.headers['retry-after']);
            response.destroy();
            resolve({
              status: response.statusCode ?? 0,
              retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null,
            });
          },
        );
        asked.on('error', reject);
        asked.end();
      }),
  };
}
