import type { GroupCrypto, GroupDevice, ValidateCredential } from '@hexkey/group-crypto';
import type { Clock, Random } from '@hexkey/protocol';
import type { ChatStore } from './chats/store/chat-store.ts';
import type { DeviceLog } from './device-log/device-log.ts';
import type { PinHash } from './pin/pin-hash.ts';
import type { Engine } from './storage/engine.ts';
import type { Vault } from './storage/vault.ts';
import type { TicketStore } from './support/ticket-store.ts';
import type { ClientParticipants } from './wallet/key/client-participants.ts';
import type { LedgerSocket } from './wallet/ledger/ledger-notices.ts';
import type { Passkeys } from './wallet/pay/passkeys.ts';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A signal that fires after that many milliseconds: `AbortSignal.timeout`, or one that a test fires. */
export type Timeout = (milliseconds: number) => AbortSignal;

/** The other pages over the same vault. What they are told says nothing but that the vault has changed. */
export interface OtherPages {
  tell(): void;
  listen(onTold: () => void): void;
}

/** The part of a WebSocket that is used. Binary frames come as `ArrayBuffer`. */
export type Socket = Pick<WebSocket, 'binaryType' | 'onmessage' | 'onclose' | 'onerror' | 'send' | 'close'>;

/** What a client needs that stays connected to the account server. */
export interface SocketLink {
  readonly open: (url: string) => Socket;
  /** Ed25519 public key that signs what Team Hexkey says, 32 bytes. Compiled in. */
  readonly teamKey: Uint8Array;
  /** Resolves after that time, or when the signal fires. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Runs work while no other page over the same vault runs such work; gives up when the signal fires. One device has one socket. */
  readonly alone: (signal: AbortSignal, work: () => Promise<void>) => Promise<void>;
}

/** Where conversations are kept, and who keeps their keys. */
export interface ConversationKeepers {
  openStore(accountId: string): Promise<ChatStore>;
  /** The groups of one device; only the page that has the socket opens them. */
  openGroupCrypto(device: GroupDevice, validate: ValidateCredential): Promise<GroupCrypto>;
  /** Forgets an account's conversations and keys, whoever has them open. */
  erase(accountId: string): Promise<void>;
}

/** What a wallet needs beyond the rest. */
export interface WalletPorts {
  /** Where the ledger's JSON-RPC is asked by POST. */
  readonly ledgerUrl: string;
  /** A connection to the ledger's WebSocket. Absent where there is none: the ledger is asked again and again. */
  readonly openLedgerSocket?: () => LedgerSocket;
  /** The client's part of a key generation, for one ceremony: in a worker where there are workers. */
  readonly participants: () => ClientParticipants;
  /** Resolves after that time: between two looks at the ledger. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Resolves after that time, or when the network is back: before a payment that was stopped is tried again. Absent in clients that end by themselves. */
  readonly later?: (milliseconds: number) => Promise<void>;
  /** Absent where there are no passkeys. */
  readonly passkeys?: Passkeys;
}

/** Everything the client touches outside itself. */
export interface HexkeyDeps {
  /** Origin of the account API without a trailing slash, `https://hexkey.example`; relative node addresses resolve against it. */
  readonly origin: string;
  readonly fetch: Fetch;
  readonly timeout: Timeout;
  readonly clock: Clock;
  readonly random: Random;
  readonly engine: Engine;
  readonly vault: Vault;
  readonly pinHash: PinHash;
  /** Ed25519 public key of the operator, 32 bytes: signs the node set. Compiled in. */
  readonly operatorKey: Uint8Array;
  /** `NAME/VERSION`, for example `web/0.1.0`. */
  readonly clientVersion: string;
  /** What the list of devices shows about this one. */
  readonly device: { readonly name: string; readonly platform: 'web' | 'cli' };
  /** How long one node may take for one answer. */
  readonly nodeTimeoutMs: number;
  /** How long the account API may take for one answer. */
  readonly apiTimeoutMs: number;
  /**
   * Runs work while no other page or process over the same vault runs such work: two first sets at once could split the nodes, and
   * each would write what it read before the other. Not reentrant.
   */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** Absent in clients that answer one call and end. */
  readonly socket?: SocketLink;
  /** Resolves after that time, or when the signal fires. Absent in clients that show no code to be linked by. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Absent where no other page shares the vault. */
  readonly otherPages?: OtherPages;
  /**
   * The MLS signature key of this device, made the first time: Ed25519, 32 bytes; its private half stays where the groups are kept. Asked for
   * once a login, before any group is opened. Absent in clients without conversations: their devices are on no list.
   */
  readonly signatureKey?: (device: {
    readonly accountId: string;
    readonly deviceId: string;
  }) => Promise<Uint8Array>;
  /** Absent in clients without conversations. */
  readonly conversations?: ConversationKeepers;
  /** Absent in clients without a wallet: they make none. */
  readonly wallet?: WalletPorts;
  /** What happens here, for support. Absent in clients that keep no log. */
  readonly deviceLog?: DeviceLog;
  /** Keys of the tickets at support; absent: in memory. */
  readonly tickets?: TicketStore;
  /** Lets other work run, and what was sent go out, before the next step of a long computation. */
  readonly yieldToOthers: () => Promise<void>;
  /** Told of bugs in work nobody waits for. */
  readonly reportBug: (error: unknown) => void;
}
