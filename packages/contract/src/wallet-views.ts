import { type Static, Type } from 'typebox';
import {
  Bytes,
  BytesUpTo,
  Ed25519PublicKey,
  Ed25519Signature,
  Exact,
  Nullable,
  RealmId,
  TimeMs,
  Uuid,
} from './schemas.ts';

/** A whole number of the smallest unit, below 2^64, in decimal: JSON's numbers end at 2^53. */
export const Amount = Type.String({ pattern: '^(?:0|[1-9][0-9]{0,19})$', maxLength: 20 });

/** Mint of a token, 32 bytes. */
const Mint = Bytes(32);

/** Named mints of one owner's limits; the nodes take no more. */
const maxNamedMints = 32;

/** What may leave a wallet in any 24 hours (docs/protocol/wallet.md section 4). */
export const WalletLimitsView = Exact({
  lamports: Amount,
  tokens: Type.Array(Exact({ mint: Mint, amount: Amount }), { maxItems: maxNamedMints }),
  /** For each mint that is not named. */
  otherTokens: Amount,
});

/** Limits as they hold now, and those that hold from a later time on. */
export const LimitsStateView = Exact({
  limits: WalletLimitsView,
  pending: Nullable(Exact({ limits: WalletLimitsView, fromMs: TimeMs })),
});

/** What the server keeps of a wallet: all of it is public or sealed (docs/protocol/wallet.md section 5). */
export const WalletRecord = Exact({
  /** The group's public key: the address. */
  publicKey: Ed25519PublicKey,
  epoch: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  /** Names the key generation that the vouchers are about. */
  ceremony: Bytes(16),
  /** The public package: of the set with this hash, commitments to the polynomial, and verifying shares in the order of identifiers. */
  nodeSetHash: Bytes(32),
  commitments: Type.Array(Bytes(32), { minItems: 2, maxItems: 32 }),
  verifyingShares: Type.Array(Bytes(32), { minItems: 3, maxItems: 64 }),
  /** One of each node of the set over the hash of the package; of a wallet that was moved there, of t at least. */
  vouchers: Type.Array(Exact({ realmId: RealmId, signature: Ed25519Signature }), {
    minItems: 2,
    maxItems: 32,
  }),
  /** A seal labelled `wrap-shares` with the wallet's epoch. */
  sealedShares: BytesUpTo(2048),
  /** The account identity key, and its word that this is the account's address. */
  aik: Ed25519PublicKey,
  addressSignature: Ed25519Signature,
});

/** What changes with S_pin. */
export const WalletRewrap = Exact({
  sealedShares: BytesUpTo(2048),
  aik: Ed25519PublicKey,
  addressSignature: Ed25519Signature,
});

/** `announced` until signed bytes are put; `expired`: the ledger will never take it. */
export const TransferState = Type.Union([
  Type.Literal('announced'),
  Type.Literal('signed'),
  Type.Literal('confirmed'),
  Type.Literal('failed'),
  Type.Literal('expired'),
]);

/** A legacy or version-0 message fits into one packet with its signature (Solana, `PACKET_DATA_SIZE`: 1232 bytes). */
export const transactionLimitBytes = 1232;

export const TransferRecord = Exact({
  intentId: Uuid,
  createdAtMs: TimeMs,
  message: BytesUpTo(transactionLimitBytes),
  /** Null where an address was chosen. */
  recipientHexkeyId: Nullable(Type.String()),
  state: TransferState,
  /** In the ledger's words. */
  failure: Nullable(Type.String()),
  /** The signed bytes, the same for ever. */
  transaction: Nullable(BytesUpTo(transactionLimitBytes)),
});

export const DeviceOnHoldView = Exact({
  sessionId: Uuid,
  name: Type.String(),
  untilMs: TimeMs,
  /** RFC 7638 thumbprint: what PIN nodes know the device by. */
  deviceKeyThumbprint: Bytes(32),
});

export type WalletLimitsView = Static<typeof WalletLimitsView>;
export type LimitsStateView = Static<typeof LimitsStateView>;
export type WalletRecord = Static<typeof WalletRecord>;
export type WalletRewrap = Static<typeof WalletRewrap>;
export type TransferRecord = Static<typeof TransferRecord>;
export type TransferState = Static<typeof TransferState>;
