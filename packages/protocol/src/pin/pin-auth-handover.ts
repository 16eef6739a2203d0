import { type KeyPair, signEd25519 } from '../account/ed25519.ts';
import { concatBytes, equalBytes, lengthPrefixed, utf8 } from '../encoding/bytes.ts';
import { formatNodeUser, type NodeUser } from './node-proof.ts';
import type { VerifyEd25519 } from './node-token.ts';

/**
 * The old PIN-auth key names the one that follows it. The same at every node of the account: what it is worth at a node, its sender has
 * to prove there. docs/protocol/pin-node.md section 9.
 */
export function signHandover(user: NodeUser, oldKeys: KeyPair, newKey: Uint8Array): Uint8Array<ArrayBuffer> {
  return signEd25519(oldKeys, statementOf(user, newKey));
}

/**
 * Whether a record with one PIN-auth key may follow a record with another. A record without a key, which older clients made, may be
 * followed by any; a key is never taken away again.
 * @param handover signature of the current key over the next one
 */
export function mayFollow(
  user: NodeUser,
  current: Uint8Array | null,
  next: { readonly pinAuthKey: Uint8Array | null; readonly handover: Uint8Array | null },
  verify: VerifyEd25519,
): boolean {
  if (current === null) return true;
  if (next.pinAuthKey === null) return false;
  if (equalBytes(current, next.pinAuthKey)) return true;
  return next.handover !== null && verify(current, statementOf(user, next.pinAuthKey), next.handover);
}

function statementOf(user: NodeUser, newKey: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(
    lengthPrefixed(utf8('hexkey/1 pin-auth-handover')),
    lengthPrefixed(utf8(formatNodeUser(user))),
    lengthPrefixed(newKey),
  );
}
