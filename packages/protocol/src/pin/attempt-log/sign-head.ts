import { type KeyPair, signEd25519, verifyEd25519 } from '../../account/ed25519.ts';
import { concatBytes, lengthPrefixed, uint64, utf8 } from '../../encoding/bytes.ts';
import { formatNodeUser } from '../node-proof.ts';
import type { LogHead, LogOwner } from './attempt-entry.ts';

/**
 * A node's word for the whole history up to one entry. Two of them for one sequence with different hashes prove to
 * anybody that the node told two histories.
 */
export interface SignedLogHead extends LogHead {
  /** Ed25519 by the log key that the node set names, 64 bytes. */
  readonly signature: Uint8Array;
}

/** The node keeps the key pair's seed. */
export function signLogHead(owner: LogOwner, head: LogHead, logKeys: KeyPair): SignedLogHead {
  return { ...head, signature: signEd25519(logKeys, statementOf(owner, head)) };
}

/** @param logKey the node's, from the signed node set, 32 bytes */
export function isSignedByNode(owner: LogOwner, head: SignedLogHead, logKey: Uint8Array): boolean {
  return verifyEd25519(logKey, statementOf(owner, head), head.signature);
}

function statementOf(owner: LogOwner, head: LogHead): Uint8Array {
  return concatBytes(
    lengthPrefixed(utf8('hexkey/1 attempt-log-head')),
    lengthPrefixed(owner.realmId),
    lengthPrefixed(utf8(formatNodeUser(owner.user))),
    uint64(head.sequence),
    lengthPrefixed(head.hash),
  );
}
