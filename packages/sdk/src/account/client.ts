import type { HexkeyDeps } from '../deps.ts';
import type { GuessMemory } from '../pin/guess-memory.ts';
import type { NodeTokens } from '../pin/node-tokens.ts';
import type { ApiClient } from '../transport/api-client.ts';

/** What the use cases share: the outside world, and what one page remembers while it is open. */
export interface Client {
  readonly deps: HexkeyDeps;
  readonly api: ApiClient;
  readonly tokens: NodeTokens;
  readonly guesses: GuessMemory;
  /** Takes work that goes on after an operation has answered; its bugs are reported. */
  readonly background: (work: Promise<unknown>) => void;
}
