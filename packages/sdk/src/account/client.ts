import type { PinSecret } from '@hexkey/protocol';
import type { HexkeyDeps } from '../deps.ts';
import type { PinProgress } from '../hexkey.ts';
import type { IdentityChange } from '../identity/identity.ts';
import type { GuessMemory } from '../pin/guess-memory.ts';
import type { NodeTokens } from '../pin/node-tokens.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { ApiClient } from '../transport/api-client.ts';

/** What the use cases share: the outside world, and what one page remembers while it is open. */
export interface Client {
  readonly deps: HexkeyDeps;
  readonly api: ApiClient;
  readonly tokens: NodeTokens;
  readonly guesses: GuessMemory;
  /** PIN nodes that missed the PIN and would not take it on the word of the others, by realm id: not asked again by this page. */
  readonly repairsRefused: Set<string>;
  /** Takes work that goes on after an operation has answered; its bugs are reported. */
  readonly background: (work: Promise<unknown>) => void;
  /** Looks at the attempt logs and changes to what is kept of them, one after another. */
  readonly inLogTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Changes of this account's own device list, one after another. */
  readonly inIdentityTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Tells whoever works with conversations; what is told is written down already. */
  readonly identityChanged: (change: IdentityChange) => void;
  /** After a right PIN: the account gets its wallet where it has none. Best effort, and nothing in clients without a wallet. */
  readonly makeWallet: (
    account: KeptAccount,
    pinSecret: PinSecret,
    onProgress?: (progress: PinProgress) => void,
  ) => Promise<void>;
  /** Tells the screens that what is kept of the wallet has changed. */
  readonly walletChanged: () => void;
  /** Tells the screens that what is kept of the attempt logs has changed. */
  readonly historyRead: () => void;
}
