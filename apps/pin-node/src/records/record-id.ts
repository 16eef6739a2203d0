import { createHash } from 'node:crypto';
import { lengthPrefixed, type NodeUser } from '@hexkey/protocol';

/** The row of an account: SHA-256 over tenant and user, so that a stolen database does not list its accounts by name. */
export function recordIdOf(user: NodeUser): Uint8Array {
  return createHash('sha256')
    .update(lengthPrefixed(Buffer.from('hexkey/1 pin-record')))
    .update(lengthPrefixed(Buffer.from(user.tenant)))
    .update(lengthPrefixed(Buffer.from(user.userId)))
    .digest();
}
