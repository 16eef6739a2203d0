import type { DomainError } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { PinProgress } from '../pin-progress.ts';

/** What can be held and sent. Amounts are whole numbers of the smallest unit. */
export interface Asset {
  /** Base58 mint, or null for SOL. */
  readonly mint: string | null;
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
}

export interface Balance {
  readonly asset: Asset;
  readonly amount: bigint;
}

/**
 * `missing`: made at the next PIN entry, or by `create`. `making`: under way on this device. `ready` with the address, and until when this
 * device may not send.
 */
export type WalletState =
  | { readonly is: 'missing' }
  | { readonly is: 'making'; readonly progress: PinProgress | null }
  | {
      readonly is: 'ready';
      /** Base58 of the group's public key. */
      readonly address: string;
      readonly holdUntilMs: number | null;
      /** Of this device: typed on the one that approves it. */
      readonly deviceCode: string;
      readonly ledger: LedgerView;
    };

export interface LedgerView {
  /** A devnet has a faucet; on any other cluster assets are real. */
  readonly kind: 'devnet' | 'cluster';
  /** What the faucet gives; nothing on any other cluster. */
  readonly testAssets: readonly Asset[];
}

export type Recipient =
  /** Chosen as a person; their address is signed by the identity this device has pinned. */
  { readonly hexkeyId: string } | { readonly address: string };

export interface TransferOrder {
  readonly to: Recipient;
  readonly mint: string | null;
  readonly amount: bigint;
  readonly memo: string | null;
  /** The chat it was begun in: its card is sent there once it is on the ledger. */
  readonly chatId?: string;
  /** Signed with the nodes alone, while the account server is away or not to be asked. The PIN only, and to an address only. */
  readonly withoutServer?: true;
}

/** Each is to be confirmed on its own before the PIN is asked for. */
export type TransferWarning =
  /** Never paid before from this account, and no contact. */
  | { readonly kind: 'stranger' }
  /** The same amount went to the same recipient within the hour. */
  | { readonly kind: 'duplicate'; readonly atMs: number }
  /** More than half of what is held of the asset. */
  | { readonly kind: 'large' };

/** The transaction as it will be signed, decoded from its own bytes. */
export interface TransferQuote {
  readonly intentId: string;
  readonly recipient: {
    readonly address: string;
    readonly hexkeyId: string | null;
    readonly name: string | null;
    readonly isContact: boolean;
  };
  readonly asset: Asset;
  readonly amount: bigint;
  readonly memo: string | null;
  /** Lamports: fee, and rent of an account that the recipient lacks. */
  readonly feeLamports: bigint;
  readonly rentLamports: bigint;
  readonly warnings: readonly TransferWarning[];
}

export type TransferProgress =
  | { readonly step: 'unlocking'; readonly pin: PinProgress }
  | { readonly step: 'signing'; readonly done: number; readonly of: number }
  | { readonly step: 'sending' }
  | { readonly step: 'confirming' };

export interface Transfer {
  /** Intent id of one's own, signature of what came from elsewhere. */
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly state: 'pending' | 'confirmed' | 'failed';
  /** Why it failed, in the ledger's words, or `expired`: nothing was paid, not even a fee. Null otherwise. */
  readonly failure: string | null;
  /** Base58; null until it is signed: until then nothing can be paid. */
  readonly signature: string | null;
  readonly asset: Asset;
  readonly amount: bigint;
  readonly feeLamports: bigint;
  readonly counterparty: {
    /** Base58; empty where the ledger names nobody. */
    readonly address: string;
    readonly hexkeyId: string | null;
    readonly name: string | null;
  };
  readonly memo: string | null;
  readonly atMs: number;
  /** PIN nodes whose share did not verify and which others stood in for. */
  readonly cheatingNodes: readonly string[];
}

export interface TransferPage {
  readonly transfers: readonly Transfer[];
  readonly more: boolean;
}

/** What stays in a wallet that is emptied. `no-sol`: fee and rent cannot be paid. `too-little`: the network takes no such payment. `other-account`: not in the wallet's own account of that token. */
export type WhyItStays = 'no-sol' | 'too-little' | 'other-account';

/** What emptying the wallet would move, in the order in which it moves: SOL last, because everything else costs some. */
export interface SweepPlan {
  /** Base58. */
  readonly address: string;
  readonly goes: readonly {
    readonly asset: Asset;
    readonly amount: bigint;
    readonly feeLamports: bigint;
    /** Of an account that the recipient lacks. */
    readonly rentLamports: bigint;
    /** Paid in from here before, or the ledger's own: anybody can send somebody worthless tokens. */
    readonly isKnown: boolean;
  }[];
  readonly stays: readonly { readonly asset: Asset; readonly amount: bigint; readonly why: WhyItStays }[];
}

export interface SweepOrder {
  /** Base58, of the owner's own choice. */
  readonly address: string;
  /** Which of the plan's assets move; null is SOL. */
  readonly mints: readonly (string | null)[];
}

export type SweepProgress =
  | { readonly step: 'unlocking'; readonly pin: PinProgress }
  | { readonly step: 'moving'; readonly asset: Asset; readonly done: number; readonly of: number };

/** What became of one asset. Whatever did not move is there still, and the next sweep finds it. */
export interface Swept {
  readonly asset: Asset;
  /** On the ledger. */
  readonly moved: bigint;
  /** Why it was not all of it: the daily limit, with when the first of it is free again; or the refusal. Null when all went. */
  readonly left: { readonly freeAtMs: number | null } | { readonly error: DomainError } | null;
  /** Realm ids of PIN nodes whose shares were false; others stood in for them. */
  readonly cheatingNodes: readonly string[];
}

/** Where it stands with taking the wallet's key out, as the PIN nodes say. */
export type KeyExportState =
  | { readonly is: 'none' }
  /** `fromMs`: when enough nodes give their shares; it may be past. */
  | { readonly is: 'begun'; readonly by: 'this-device' | 'another-device'; readonly fromMs: number };

/** The wallet's key, whole. Whoever has it can pay, for ever, without PIN and limits. */
export interface ExportedKey {
  /** Base58. */
  readonly address: string;
  /** A scalar, 32 bytes little-endian. No Ed25519 seed: wallets cannot import it; `hexkey wallet sign-with-key` signs with it. */
  readonly scalar: Secret<Uint8Array>;
}

/** As the nodes gave it out. */
export interface TakenKey extends ExportedKey {
  /** Realm ids of PIN nodes that gave out something else than their share; it was made without them. */
  readonly cheatingNodes: readonly string[];
}

/** Taking the wallet's key out, with the PIN nodes alone; the server is told while it answers. */
export interface KeyExport {
  /** @throws {DomainError} `ServerNeeded`, `NodesUnavailable` */
  state(): Promise<KeyExportState>;
  /** Each node counts seven days from here. @throws {DomainError} what `unlock` throws, `DeviceOnHold`, `ServerNeeded`, `NodesUnavailable` */
  begin(pin: Secret<string>): Promise<KeyExportState>;
  /** From any device of the account, without the PIN. @throws {DomainError} `ServerNeeded`; `NodesUnavailable`: so few nodes heard of it that it may go on */
  cancel(): Promise<void>;
  /** @throws {DomainError} what `unlock` throws, `ExportTooEarly`, `NoExport`, `DeviceOnHold`, `ServerNeeded`, `NodesUnavailable`, `NodeCheated` */
  take(pin: Secret<string>): Promise<TakenKey>;
}

export interface WalletLimits {
  readonly lamportsPerDay: bigint;
  readonly tokensPerDay: readonly { readonly mint: string; readonly amount: bigint }[];
  /** For every mint that is not named. */
  readonly otherTokensPerDay: bigint;
}

export interface LimitsView {
  readonly limits: WalletLimits;
  /** Higher ones that hold from a later time on. */
  readonly pending: { readonly limits: WalletLimits; readonly fromMs: number } | null;
}

export interface DeviceOnHold {
  readonly sessionId: string;
  readonly name: string;
  readonly untilMs: number;
}

export type Approval = { readonly pin: Secret<string> } | { readonly passkey: true };

/** Windows since the last typed PIN in which a passkey may pay (product specification, section 6). */
export const payWindowsMs = [15, 30, 60, 120, 360, 720, 1440].map((minutes) => minutes * 60_000);

/** Paying with a passkey instead of the PIN, on this device. */
export interface PasskeyPay {
  /** `no-prf`: the authenticator cannot keep a key (said plainly on iOS). */
  state(): Promise<
    | { readonly is: 'unavailable'; readonly why: 'no-webauthn' | 'no-prf' }
    | { readonly is: 'off' }
    | { readonly is: 'on'; readonly windowMs: number; readonly pinNeeded: boolean }
  >;
  /** Registers a passkey, or changes the window of the one there is. @throws {DomainError} what `unlock` throws, `PasskeyRefused` */
  enable(pin: Secret<string>, windowMs: number): Promise<void>;
  /** Needs neither the PIN nor the network. */
  disable(): Promise<void>;
}

/**
 * The account's wallet: one key, held in shares by this client and the PIN nodes, that no place has whole (docs/protocol/wallet.md).
 */
export interface Wallet {
  state(): Promise<WalletState>;
  /** Called after each change of state, balance or history. @returns the unsubscriber */
  subscribe(listener: () => void): () => void;
  /** Makes the wallet of an account that has none. Nothing happens when there is one. @throws {DomainError} what `unlock` throws, `SomeNodesAway`, `NodeCheated` */
  create(pin: Secret<string>, onProgress: (progress: PinProgress) => void): Promise<void>;
  /** SOL first; assets without a balance are left out, SOL never. @throws {DomainError} `LedgerUnavailable`, `WalletMissing` */
  balances(): Promise<readonly Balance[]>;
  /** Newest first, own pending and failed ones among them. @throws {DomainError} `LedgerUnavailable`, `WalletMissing` */
  history(before?: string): Promise<TransferPage>;
  /**
   * While somebody looks at the wallet: has `subscribe`'s listeners called when the ledger says that a payment came. Where it cannot say so nothing is called.
   * @returns the end of it
   */
  watch(): Promise<() => void>;
  /** @param id of a transfer, or its signature @throws {DomainError} `NotFound` (transfer): the ledger knows no such transaction of this wallet */
  transfer(id: string): Promise<Transfer>;
  /**
   * Builds the transaction and decodes it again. Nothing is signed or written.
   * @throws {DomainError} `InsufficientBalance` (20117), `AccountDeleted` (20160), `InvalidAddress`, `FirstPaymentTooSmall` (20211), `NotFound` (person, or `wallet`: they have none yet), `DeviceOnHold`,
   * `OverLimit`, `LedgerUnavailable`, `SecurityCodeChanged`
   */
  quote(order: TransferOrder): Promise<TransferQuote>;
  /** Gets the code for signing ready, so that the first signature is as fast as the next. */
  warmUp(): Promise<void>;
  /**
   * Signs and sends what was quoted. Ends when the ledger has it; whatever stops it in between, `resume` or the next start sends the very bytes again and never
   * signs others for this intent.
   * @throws {DomainError} what `unlock` throws; `OverLimit`, `DeviceOnHold`, `TransferRefused`, `TransferExpired` (nothing was paid), `TransferFailed` (the ledger's reason), `LedgerUnavailable` (it goes on by itself),
   * `PasskeyRefused`, `PinNeededAgain` (the window of the passkey is over), `ServerNeeded` (without the server, on a device that has not got all it takes)
   */
  send(
    intentId: string,
    approval: Approval,
    onProgress: (progress: TransferProgress) => void,
  ): Promise<Transfer>;
  /** Sends again what was signed and is not on the ledger yet. Part of every start. */
  resume(): Promise<void>;
  /** What there is to move to an address of the owner's. Nothing is signed or written. @throws {DomainError} `InvalidAddress`, `LedgerUnavailable`, `WalletMissing` */
  planSweep(address: string): Promise<SweepPlan>;
  /**
   * Moves it, one payment after the other, under the limits and holds of any payment. With the server while that answers, else with the nodes alone. What an earlier run signed is brought
   * to its end first, so that it may be stopped anywhere and run again: nothing is paid twice.
   * @throws {DomainError} what `send` throws before or between payments, but `OverLimit`, `TransferExpired` and `TransferFailed`, which end one asset
   */
  sweep(
    order: SweepOrder,
    pin: Secret<string>,
    onProgress: (progress: SweepProgress) => void,
  ): Promise<readonly Swept[]>;
  /** From the devnet's faucet. @throws {DomainError} `TooMany`, `LedgerUnavailable` */
  requestTestFunds(mint: string | null): Promise<void>;
  limits(): Promise<LimitsView>;
  /** Lower ones hold at once, higher ones in 24 hours. @throws {DomainError} what `unlock` throws, `DeviceOnHold` */
  setLimits(limits: WalletLimits, pin: Secret<string>): Promise<LimitsView>;
  devicesOnHold(): Promise<readonly DeviceOnHold[]>;
  /**
   * Ends another device's hold.
   * @param code as that device shows it: which one is meant is not the server's to say (ADR 93)
   * @throws {DomainError} `DeviceCodeDiffers`, before a PIN is tried; what `unlock` throws, `DeviceOnHold` (this one)
   */
  approveDevice(sessionId: string, code: string, pin: Secret<string>): Promise<void>;
  readonly passkeyPay: PasskeyPay;
  readonly keyExport: KeyExport;
}
