/** Whether the wallet may be shown: nobody has asked yet, it is open until its pages are left, or the PIN comes first. */
export type WalletAccess = 'unknown' | 'open' | 'check-due';

/** Whether a page belongs to the wallet, its check included. */
export const isWalletArea = (path: string) => path === '/wallet' || path.startsWith('/wallet/');
