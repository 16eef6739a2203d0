import { isDomainError } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { Hexkey } from '@hexkey/sdk';

/** Whether a new PIN is too easy to guess. */
export function isWeakPin(hexkey: Hexkey, pin: Secret<string>): boolean {
  try {
    hexkey.checkNewPin(pin);
    return false;
  } catch (error) {
    if (isDomainError(error, 'WeakPin')) return true;
    throw error;
  }
}
