import type { LockPasskeys } from './lock-passkey.ts';

/** Fetched with the first need of it. */
export const lazyPasskeys: LockPasskeys = {
  isAvailable: 'PublicKeyCredential' in globalThis,
  create: async (name) => (await import('./lock-passkey.ts')).browserPasskeys.create(name),
  show: async (passkeyId) => (await import('./lock-passkey.ts')).browserPasskeys.show(passkeyId),
};
