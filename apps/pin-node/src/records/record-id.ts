import { createHash } from 'node:crypto';
import { lengthPrefixed, type NodeUser, utf8 } from '@hexkey/protocol';

/** The row of an account: SHA-256 over tenant and user, so that a stolen database does not list its accounts by name. */
export function recordIdOf(user: NodeUser): Uint8Array {
  return createHash('sha256')
    .update(lengthPrefixed(utf8('hexkey/1 pin-record')))
    .update(lengthPrefixed(utf8(user.tenant)))
    .update(lengthPrefixed(utf8(user.userId)))
    .digest();
}
