import type { LimitsState } from '../policy/limits.ts';
import type { NotAllowedReason } from '../read-transfer.ts';
import type { SigningCommitment } from '../threshold/sign.ts';
import type { WalletPackage } from '../threshold/wallet-package.ts';
import type { WalletRequest } from './requests.ts';

/** A refusal in the words of the protocol, with its facts (docs/protocol/wallet.md section 2). */
export type WalletRefusal =
  | { readonly outcome: BareRefusal }
  | { readonly outcome: 'OnHold'; readonly untilMs: number }
  | {
      readonly outcome: 'OverLimit';
      /** Null for lamports. */
      readonly mint: Uint8Array | null;
      readonly limit: bigint;
      readonly spent: bigint;
      readonly freeAtMs: number;
    }
  | { readonly outcome: 'NotAllowed'; readonly why: NotAllowedReason }
  /** What a participant of a ceremony sent does not verify. */
  | { readonly outcome: 'Cheat'; readonly identifier: number }
  | { readonly outcome: 'TooMany'; readonly freeAtMs: number }
  /** The export waits still. */
  | { readonly outcome: 'TooEarly'; readonly fromMs: number };

export const bareRefusals = [
  'PinNeeded',
  'WalletExists',
  'NoWallet',
  'OtherWallet',
  'OtherOwner',
  'OtherNodeSet',
  'Gone',
  'IntentTaken',
  'Consumed',
  'Expired',
  'AuthRefused',
  'NoExport',
] as const;
/** Those without facts. */
export type BareRefusal = (typeof bareRefusals)[number];

export interface SealedMessage {
  readonly to: number;
  /** 80 bytes. */
  readonly sealed: Uint8Array;
  /** By the node's log key over `round2MessageStatement`, 64 bytes. */
  readonly signature: Uint8Array;
}

/** What a node tells a device of the account about its wallet. */
export interface WalletStatus {
  readonly wallet: {
    readonly publicKey: Uint8Array;
    readonly epoch: number;
    readonly packageHash: Uint8Array;
  } | null;
  /** Ceremonies whose share waits for its commit, oldest first. */
  readonly staged: readonly Uint8Array[];
  /** Until when the asking device may not prepare; null when it may. */
  readonly holdUntilMs: number | null;
  /** Thumbprints of the devices whose hold another one has ended here, 32 bytes each. */
  readonly approved: readonly Uint8Array[];
  readonly limits: LimitsState;
  /** The pay-auth key of the asking device, if it has one. */
  readonly pay: { readonly key: Uint8Array; readonly windowMs: number } | null;
  /** The device that wants the key out, by thumbprint, and from when on it gets this node's share. */
  readonly exporting: { readonly device: Uint8Array; readonly fromMs: number } | null;
}

/** A committed wallet, for whoever of its owner's devices does not have it yet. */
export interface ReadWallet {
  /** What the voucher is about: the key generation, or the version of the record with which it was moved. 16 bytes. */
  readonly ceremony: Uint8Array;
  readonly package: WalletPackage;
  /** The client's shares, of a wallet that was moved here; null of one that was made here. */
  readonly sealedShares: Uint8Array | null;
  /** The node's voucher for the package. */
  readonly signature: Uint8Array;
}

export type WalletOk =
  | ({ readonly kind: 'WalletStatus'; readonly outcome: 'Ok' } & WalletStatus)
  | ({ readonly kind: 'ReadWallet'; readonly outcome: 'Ok' } & ReadWallet)
  | {
      readonly kind: 'DkgBegin';
      readonly outcome: 'Ok';
      readonly commitment: readonly Uint8Array[];
      readonly proof: Uint8Array;
    }
  | { readonly kind: 'DkgExchange'; readonly outcome: 'Ok'; readonly messages: readonly SealedMessage[] }
  | {
      readonly kind: 'DkgFinish';
      readonly outcome: 'Ok';
      readonly packageHash: Uint8Array;
      /** The node's voucher. */
      readonly signature: Uint8Array;
    }
  | ({ readonly kind: 'Prepare'; readonly outcome: 'Ok' } & Pick<SigningCommitment, 'hiding' | 'binding'>)
  | { readonly kind: 'Share'; readonly outcome: 'Ok'; readonly share: Uint8Array }
  | { readonly kind: 'SetLimits'; readonly outcome: 'Ok'; readonly limits: LimitsState }
  | { readonly kind: 'BeginExport'; readonly outcome: 'Ok'; readonly fromMs: number }
  /** HPKE, 80 bytes (`exportSealContext`). */
  | { readonly kind: 'ExportShare'; readonly outcome: 'Ok'; readonly sealed: Uint8Array }
  | {
      readonly kind: 'CommitWallet' | 'ApproveDevice' | 'SetPayAuth' | 'DeleteWallet' | 'CancelExport';
      readonly outcome: 'Ok';
    };

/** An answer of a node with status 200. */
export type WalletAnswer = WalletOk | ({ readonly kind: WalletRequest['kind'] } & WalletRefusal);

/** The answers that one kind of request can get. */
export type WalletAnswerTo<K extends WalletRequest['kind']> =
  | (WalletOk extends infer Ok
      ? Ok extends { readonly kind: infer Kind }
        ? K extends Kind
          ? Ok
          : never
        : never
      : never)
  | ({ readonly kind: K } & WalletRefusal);
