import { sha256 } from '@noble/hashes/sha2.js';
import { statement } from '../account/statements.ts';
import { uint64, utf8 } from '../encoding/bytes.ts';
import { formatNodeUser, type NodeUser } from '../pin/node-proof.ts';
import { encodeCbor } from '../pin/wire/cbor.ts';
import type { Round1Package } from './threshold/key-generation.ts';
import { encodeOrderParameters, type OrderedWalletRequest } from './wire/encode-request.ts';
import { round1ToCbor } from './wire/values.ts';

/** One ceremony of one account, and what all its participants said in round 1. */
export interface CeremonyPlace {
  readonly user: NodeUser;
  /** 16 bytes. */
  readonly ceremony: Uint8Array;
  /** From `ceremonyTranscript`. */
  readonly transcript: Uint8Array;
}

/** SHA-256 of the round-1 packages as they are on the wire, in the order of identifiers. 32 bytes. */
export function ceremonyTranscript(packages: readonly Round1Package[]): Uint8Array {
  const sorted = packages.toSorted((left, right) => left.identifier - right.identifier);
  return sha256(encodeCbor(sorted.map(round1ToCbor)));
}

/** HPKE `info` and `aad` of a round-2 message (docs/protocol/wallet.md section 3). Identifiers fit in a byte. */
export function round2SealContext(
  { user, ceremony, transcript }: CeremonyPlace,
  from: number,
  to: number,
): { readonly info: Uint8Array; readonly aad: Uint8Array } {
  return {
    info: statement('hexkey/1 wallet-round2', utf8(formatNodeUser(user)), ceremony, transcript),
    aad: Uint8Array.of(from, to),
  };
}

/** What a node's log key signs under each round-2 message it sends. */
export function round2MessageStatement(
  { user, ceremony, transcript }: CeremonyPlace,
  from: number,
  to: number,
  sealed: Uint8Array,
): Uint8Array {
  return statement(
    'hexkey/1 wallet-message',
    utf8(formatNodeUser(user)),
    ceremony,
    transcript,
    Uint8Array.of(from),
    Uint8Array.of(to),
    sealed,
  );
}

/** What a node's log key signs about a share it keeps: it came out of this ceremony, with this package. */
export function walletVoucherStatement(voucher: {
  readonly realmId: Uint8Array;
  readonly user: NodeUser;
  readonly ceremony: Uint8Array;
  readonly packageHash: Uint8Array;
}): Uint8Array {
  return statement(
    'hexkey/1 wallet-voucher',
    voucher.realmId,
    utf8(formatNodeUser(voucher.user)),
    voucher.ceremony,
    voucher.packageHash,
  );
}

/** What the PIN-auth key signs for something that nodes keep; the same at every node. */
export function walletOrderStatement(
  order: { readonly user: NodeUser; readonly deviceKey: Uint8Array; readonly timeMs: number },
  request: OrderedWalletRequest,
): Uint8Array {
  return statement(
    'hexkey/1 wallet-order',
    utf8(formatNodeUser(order.user)),
    utf8(request.kind),
    order.deviceKey,
    sha256(encodeOrderParameters(request)),
    uint64(order.timeMs),
  );
}

/** The one signature that is authorised: one message, by one attempt at one intent, for a while. */
export interface ShareAuthorisation {
  /** The wallet's public key, 32 bytes. */
  readonly wallet: Uint8Array;
  readonly epoch: number;
  /** 16 bytes. */
  readonly intent: Uint8Array;
  readonly attempt: number;
  readonly message: Uint8Array;
  readonly expiresAtMs: number;
}

/** What the PIN-auth or pay-auth key signs to have shares given. */
export function shareAuthorisationStatement(claim: ShareAuthorisation): Uint8Array {
  return statement(
    'hexkey/1 wallet-share',
    claim.wallet,
    uint64(claim.epoch),
    claim.intent,
    uint64(claim.attempt),
    sha256(claim.message),
    uint64(claim.expiresAtMs),
  );
}

/** HPKE `info` and `aad` of a share that leaves its node for good (docs/protocol/wallet.md section 6). */
export function exportSealContext(of: {
  readonly realmId: Uint8Array;
  readonly user: NodeUser;
  readonly packageHash: Uint8Array;
  readonly identifier: number;
}): { readonly info: Uint8Array; readonly aad: Uint8Array } {
  return {
    info: statement('hexkey/1 wallet-export', of.realmId, utf8(formatNodeUser(of.user)), of.packageHash),
    aad: Uint8Array.of(of.identifier),
  };
}

/** What the account identity key signs, so that nobody swaps the address under a pinned identity (section 5). */
export function walletAddressStatement(accountId: string, wallet: Uint8Array): Uint8Array {
  return statement('hexkey/1 wallet-address', utf8(accountId), wallet);
}
