import { DomainError } from '@hexkey/contract';

/** What engines throw when IndexedDB is switched off, out of reach or broken (Indexed Database API 3.0, section 2.11). */
const blocked = [
  'InvalidStateError',
  'NotFoundError',
  'SecurityError',
  'UnknownError',
  'AbortError',
  'NotAllowedError',
];

/** The refusal an exception of the store stands for, or null for a bug. */
export function storageRefusal(error: unknown): DomainError<'StorageUnavailable'> | null {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return new DomainError('StorageUnavailable', { problem: 'quota' });
  if (blocked.includes(name)) return new DomainError('StorageUnavailable', { problem: 'blocked' });
  return null;
}
