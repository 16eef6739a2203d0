import { DomainError, routes } from '@hexkey/contract';
import type { HexkeyDeps } from '../deps.ts';
import type { ApiClient } from '../transport/api-client.ts';

/** An open page of support asks again and again; those calls would push everything else out. */
const unnoted: readonly string[] = [routes.readTicket.name];

/** The same calls, each written down in this device's log: which route, how it ended, how long it took. */
export function noteCalls(
  api: ApiClient,
  { clock, deviceLog }: Pick<HexkeyDeps, 'clock' | 'deviceLog'>,
): ApiClient {
  if (deviceLog === undefined) return api;
  return {
    async call(route, input) {
      const startedMs = clock.now();
      const note = (outcome: 'ok' | 'failed' | number) => {
        if (unnoted.includes(route.name)) return;
        deviceLog.note({ event: 'call', route: route.name, outcome, ms: clock.now() - startedMs });
      };
      try {
        const answer = await api.call(route, input);
        note('ok');
        return answer;
      } catch (error) {
        note(error instanceof DomainError ? error.code : 'failed');
        throw error;
      }
    },
  };
}
