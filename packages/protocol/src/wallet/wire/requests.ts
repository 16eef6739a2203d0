import type { SpendingLimits } from '../policy/limits.ts';
import type { Round1Package } from '../threshold/key-generation.ts';
import type { SigningCommitment } from '../threshold/sign.ts';

/** The owner's PIN-auth signature for what a node keeps (`walletOrderStatement`). */
export interface WalletOrder {
  readonly timeMs: number;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** A round-2 share, sealed to its receiver. */
export interface SealedRound2 {
  readonly from: number;
  /** `enc` and ciphertext of HPKE, 80 bytes. */
  readonly sealed: Uint8Array;
  /** By the sending node's log key, 64 bytes; null from a client, whose device proof covers it. */
  readonly signature: Uint8Array | null;
}

/** A node's word for the package of a ceremony (`walletVoucherStatement`). */
export interface WalletVoucher {
  /** 16 bytes. */
  readonly realmId: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** What is the same in both rounds of a signature. */
interface SigningAttempt {
  /** The wallet's public key, 32 bytes. */
  readonly wallet: Uint8Array;
  readonly epoch: number;
  /** 16 random bytes. */
  readonly intent: Uint8Array;
  /** From 1; a later attempt at an intent has a higher one. */
  readonly attempt: number;
}

/** Everything that is POSTed to `{address}wallet` (docs/protocol/wallet.md section 2). */
export type WalletRequest =
  | { readonly kind: 'WalletStatus' }
  /** The wallet as this node holds it, but for its share: for a device that does not know of a move yet. */
  | { readonly kind: 'ReadWallet' }
  | {
      readonly kind: 'DkgBegin';
      /** 16 random bytes, the same at every node. */
      readonly ceremony: Uint8Array;
      readonly nodeSetHash: Uint8Array;
      /** X25519, made for the ceremony: what nodes send to the client's shares is sealed to it. 32 bytes. */
      readonly clientKey: Uint8Array;
    }
  | {
      readonly kind: 'DkgExchange';
      readonly ceremony: Uint8Array;
      readonly round1: readonly Round1Package[];
    }
  | {
      readonly kind: 'DkgFinish';
      readonly ceremony: Uint8Array;
      readonly messages: readonly SealedRound2[];
    }
  | {
      readonly kind: 'CommitWallet';
      readonly ceremony: Uint8Array;
      readonly packageHash: Uint8Array;
      readonly signatures: readonly WalletVoucher[];
      readonly order: WalletOrder;
    }
  | ({
      readonly kind: 'Prepare';
      /** The Solana message that is to be signed. */
      readonly message: Uint8Array;
      readonly signers: readonly number[];
      readonly expiresAtMs: number;
    } & SigningAttempt)
  | ({
      readonly kind: 'Share';
      readonly commitments: readonly SigningCommitment[];
      readonly auth: {
        readonly key: 'pin' | 'pay';
        /** The one that was prepared. */
        readonly expiresAtMs: number;
        /** Over `shareAuthorisationStatement`, 64 bytes. */
        readonly signature: Uint8Array;
      };
    } & SigningAttempt)
  | {
      readonly kind: 'ApproveDevice';
      /** RFC 7638 thumbprint of its key, 32 bytes. */
      readonly device: Uint8Array;
      readonly order: WalletOrder;
    }
  | { readonly kind: 'SetLimits'; readonly limits: SpendingLimits; readonly order: WalletOrder }
  | {
      readonly kind: 'SetPayAuth';
      /** Ed25519, 32 bytes; null takes this device's away. */
      readonly key: Uint8Array | null;
      readonly windowMs: number;
      readonly order: WalletOrder | null;
    }
  | { readonly kind: 'DeleteWallet'; readonly order: WalletOrder }
  | { readonly kind: 'BeginExport'; readonly order: WalletOrder }
  /** Needs no PIN: it takes a right away. */
  | { readonly kind: 'CancelExport' }
  | {
      readonly kind: 'ExportShare';
      /** X25519, made for this: the share is sealed to it. 32 bytes. */
      readonly clientKey: Uint8Array;
      readonly order: WalletOrder;
    };

/** A node reads no more of a wallet request than this. */
export const maxWalletRequestBytes = 16_384;

/** Lengths in bytes. */
export const walletLengths = {
  ceremony: 16,
  intent: 16,
  key: 32,
  point: 32,
  scalar: 32,
  hash: 32,
  /** HPKE: an X25519 key, a scalar, a tag. */
  sealedShare: 80,
  signature: 64,
  realmId: 16,
  amount: 8,
} as const;
