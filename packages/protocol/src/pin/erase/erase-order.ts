import { type KeyPair, signEd25519 } from '../../account/ed25519.ts';
import { statement } from '../../account/statements.ts';
import { uint64, utf8 } from '../../encoding/bytes.ts';
import { formatNodeUser, type NodeUser } from '../node-proof.ts';
import type { VerifyEd25519 } from '../node-token.ts';

/** Whose PIN records, at the nodes of which set. An order for one set is worth nothing at another. */
export interface EraseSubject {
  readonly user: NodeUser;
  /** Of the signed set the account is on, 32 bytes. */
  readonly nodeSetHash: Uint8Array;
}

/** When the owner wants everything gone, and which of their words about it this is: a higher number is a later word. */
export interface EraseTerms {
  readonly effectiveAtMs: number;
  readonly sequence: number;
}

/** `EraseTerms` signed by the PIN-auth key: 64 bytes that are worth nothing before the day. */
export interface EraseOrder extends EraseTerms {
  readonly signature: Uint8Array;
}

/** Takes back every order with a lower sequence. */
export interface EraseWithdrawal {
  readonly sequence: number;
  readonly signature: Uint8Array;
}

/** The owner's word that their records are to be erased on a day. docs/protocol/pin-node.md section 11. */
export function signEraseOrder(subject: EraseSubject, terms: EraseTerms, pinAuthKeys: KeyPair): EraseOrder {
  return { ...terms, signature: signEd25519(pinAuthKeys, orderOf(subject, terms)) };
}

/** Whether the owner signed it. Whether its day has come is the node's to judge. */
export function isEraseOrderGood(
  subject: EraseSubject,
  order: EraseOrder,
  pinAuthKey: Uint8Array,
  verify: VerifyEd25519,
): boolean {
  return verify(pinAuthKey, orderOf(subject, order), order.signature);
}

export function signEraseWithdrawal(
  subject: EraseSubject,
  sequence: number,
  pinAuthKeys: KeyPair,
): EraseWithdrawal {
  return { sequence, signature: signEd25519(pinAuthKeys, withdrawalOf(subject, sequence)) };
}

export function isEraseWithdrawalGood(
  subject: EraseSubject,
  { sequence, signature }: EraseWithdrawal,
  pinAuthKey: Uint8Array,
  verify: VerifyEd25519,
): boolean {
  return verify(pinAuthKey, withdrawalOf(subject, sequence), signature);
}

function orderOf({ user, nodeSetHash }: EraseSubject, { effectiveAtMs, sequence }: EraseTerms): Uint8Array {
  const who = utf8(formatNodeUser(user));
  return statement('hexkey/1 erase-order', who, nodeSetHash, uint64(effectiveAtMs), uint64(sequence));
}

function withdrawalOf({ user, nodeSetHash }: EraseSubject, sequence: number): Uint8Array {
  return statement('hexkey/1 erase-withdrawal', utf8(formatNodeUser(user)), nodeSetHash, uint64(sequence));
}
