import {
  defaultLimits,
  emptySpending,
  equalBytes,
  type KeyExport,
  type KeyShare,
  type MovedWallet,
  type SpendingState,
  type WalletPackage,
  walletPackageHash,
} from '@hexkey/protocol';

/** This node's share of a wallet's key, and what everybody knows of it. The share never leaves the node. */
export interface HeldShare {
  /** The ceremony it came out of, 16 bytes. */
  readonly ceremony: Uint8Array;
  readonly package: WalletPackage;
  readonly key: KeyShare;
  /** Thumbprint of the device that ran the ceremony, which has no hold; null once that device was ended. */
  readonly founder: Uint8Array | null;
}

/** The wallet of the account, for good. */
export interface CommittedShare extends HeldShare {
  /** The PIN-auth key that orders and payments need. It follows that of the record, and stays where the record goes. */
  readonly pinAuthKey: Uint8Array;
  /** The client's shares of a wallet that was moved here, sealed as at the account server: for whichever device finishes the move. */
  readonly sealedShares: Uint8Array | null;
}

/** A share dealt by the nodes of another set. It waits in the record that arrived from there. */
export interface ArrivedShare extends HeldShare {
  /** Hash of the package as the old nodes hold it. */
  readonly left: Uint8Array;
  readonly sealedShares: Uint8Array;
  /** Of the last receipt that tells of it: until that runs out it is not replaced. */
  readonly receiptAtMs: number;
}

/** Which wallet goes along with a record that arrived. */
export function movedWalletOf(share: ArrivedShare | null): MovedWallet | null {
  return share && { left: share.left, arrived: walletPackageHash(share.package) };
}

/** A device's key for paying without the PIN. */
export interface PayKey {
  /** Thumbprint of the device key, 32 bytes. */
  readonly device: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly key: Uint8Array;
  /** After the device's last right PIN. */
  readonly windowMs: number;
}

/** What a node keeps of an account's wallet, inside the account's record. */
export interface WalletState {
  readonly committed: CommittedShare | null;
  /** Shares that wait for their commit, oldest first. */
  readonly staged: readonly HeldShare[];
  /** Thumbprints of devices whose hold another one has ended. */
  readonly approved: readonly Uint8Array[];
  readonly payKeys: readonly PayKey[];
  readonly spending: SpendingState;
  /** Null while nobody wants the key out. */
  readonly exporting: KeyExport | null;
}

/** Of an account without a wallet. */
export const emptyWallet: WalletState = {
  committed: null,
  staged: [],
  approved: [],
  payKeys: [],
  spending: emptySpending(defaultLimits),
  exporting: null,
};

/** Changes what was spent; an account without a wallet has spent nothing. */
export function withSpending(
  wallet: WalletState,
  change: (spending: SpendingState) => SpendingState,
): WalletState {
  return wallet.committed === null ? wallet : { ...wallet, spending: change(wallet.spending) };
}

/** Nobody knows any more how long it has waited, or whether it was cancelled: it has to be begun anew. */
export function withoutExport(wallet: WalletState): WalletState {
  return wallet.exporting === null ? wallet : { ...wallet, exporting: null };
}

/** A device was ended: when it comes back it is a stranger. */
export function withoutDevice(wallet: WalletState, device: Uint8Array): WalletState {
  if (wallet === emptyWallet) return wallet;
  return withDevices(wallet, (other) => !equalBytes(other, device));
}

/** All devices were ended, as by Delete. */
export function withoutDevices(wallet: WalletState): WalletState {
  return wallet.committed === null ? emptyWallet : { ...withDevices(wallet, () => false), staged: [] };
}

/** Only these devices keep what they were given. */
export function withDevices(wallet: WalletState, stays: (device: Uint8Array) => boolean): WalletState {
  const { committed, approved, payKeys, exporting } = wallet;
  const founder = committed?.founder ?? null;
  return {
    ...wallet,
    committed: committed && { ...committed, founder: founder !== null && stays(founder) ? founder : null },
    approved: approved.filter(stays),
    payKeys: payKeys.filter(({ device }) => stays(device)),
    exporting: exporting !== null && stays(exporting.device) ? exporting : null,
  };
}
