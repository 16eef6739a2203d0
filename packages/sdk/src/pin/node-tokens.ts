import { routes } from '@hexkey/contract';
import type { Clock } from '@hexkey/protocol';
import type { ApiClient, Caller } from '../transport/api-client.ts';

/** Tokens of the PIN nodes, in memory only. */
export interface NodeTokens {
  /** By realm id. */
  of(caller: Caller): Promise<ReadonlyMap<string, string>>;
  forget(): void;
}

/** Not longer, whatever the server's clock says: ours may be minutes behind it. */
const keptForMs = 4 * 60_000;
const safetyMs = 30_000;

/** Asks for tokens when there are none that will last for an operation. */
export function createNodeTokens(api: ApiClient, clock: Clock): NodeTokens {
  let kept: { sessionId: string; untilMs: number; tokens: ReadonlyMap<string, string> } | null = null;
  return {
    async of(caller) {
      if (kept?.sessionId === caller.sessionId && clock.now() < kept.untilMs) return kept.tokens;
      const { tokens, expiresAtMs } = await api.call(routes.issueNodeTokens, { caller });
      kept = {
        sessionId: caller.sessionId,
        untilMs: Math.min(expiresAtMs - safetyMs, clock.now() + keptForMs),
        tokens: new Map(tokens.map(({ realmId, token }) => [realmId, token])),
      };
      return kept.tokens;
    },
    forget() {
      kept = null;
    },
  };
}
