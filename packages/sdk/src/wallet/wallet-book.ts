import type { WalletRecord } from '@hexkey/contract';
import type { SignedNodeSet } from '@hexkey/protocol';

/** What a device keeps of its account's wallet, so that it works while the server is away. Nothing in it opens without the PIN, or the passkey. */
export interface WalletBook {
  /** As the server has it; null before it was made or seen. */
  readonly record: WalletRecord | null;
  /** Every node has committed it. */
  readonly isCommitted: boolean;
  /** The nodes that hold it, as the operator signed them: so they are found without the server. Absent before the first right PIN. */
  readonly nodeSet?: SignedNodeSet;
  /** Transfers begun here, newest first, until they are old. */
  readonly transfers: readonly KeptTransfer[];
  /** Whom addresses belong to, as far as payments from here have shown it. */
  readonly payees: Readonly<Record<string, { readonly hexkeyId: string; readonly name: string | null }>>;
  readonly pay: KeptPay | null;
}

/** One payment begun on this device. */
export interface KeptTransfer {
  readonly intentId: string;
  readonly createdAtMs: number;
  /** What is signed; never another for this intent. */
  readonly message: Uint8Array;
  /** Above this height of the finalized chain the ledger never takes it. */
  readonly lastValidBlockHeight: number;
  /** Base58. */
  readonly recipient: string;
  readonly recipientHexkeyId: string | null;
  /** Base58, or null for SOL. */
  readonly mint: string | null;
  /** Decimal, as the others: vaults keep no bigint. */
  readonly amount: string;
  readonly memo: string | null;
  readonly chatId: string | null;
  /** Of the asset, for the card in the chat. */
  readonly symbol: string;
  readonly decimals: number;
  readonly feeLamports: string;
  /** The last attempt at a signature that nodes may know of. */
  readonly attempt: number;
  /** What is sent; set once. */
  readonly transaction: Uint8Array | null;
  /** `begun` until there are signed bytes. */
  readonly state: 'begun' | 'signed' | 'confirmed' | 'failed' | 'expired';
  readonly failure: string | null;
  /** The server has it: `announced`, then `signed`, then `settled`. */
  readonly told: 'nothing' | 'announced' | 'signed' | 'settled';
  /** Paid without the account server, which is never told of it. */
  readonly offServer?: true;
  readonly isCardSent: boolean;
  readonly cheatingNodes: readonly string[];
}

/** Paying with a passkey: opened by what the authenticator alone computes. */
export interface KeptPay {
  readonly credentialId: Uint8Array;
  /** Input of the authenticator's pseudo-random function, 32 bytes. */
  readonly salt: Uint8Array;
  /** A seal labelled `pay`: seed of the pay-auth key, key of the shares. */
  readonly sealed: Uint8Array;
  readonly windowMs: number;
  /** When the PIN was last typed here, as this device knows it; nodes judge for themselves. */
  readonly pinAtMs: number;
}

export const emptyWalletBook: WalletBook = {
  record: null,
  isCommitted: false,
  transfers: [],
  payees: {},
  pay: null,
};

export const mostKeptTransfers = 200;
