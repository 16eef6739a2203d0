import { sha256 } from '@noble/hashes/sha2.js';
import { statement } from './statements.ts';

/**
 * What the server keeps of a ticket's key: enough to find the ticket, not enough to read it.
 * docs/protocol/account-api.md section 18.
 * @param ticketKey 32 random bytes; the device that opened the ticket keeps them secret
 */
export function ticketKeyHash(ticketKey: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(sha256(statement('hexkey/1 ticket', ticketKey)));
}

/** Takes the place of the login key in the puzzle of a new ticket, so that a solution opens no other ticket. Public. */
export function ticketPuzzleSubject(ticketKey: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(sha256(statement('hexkey/1 ticket puzzle', ticketKey)));
}
