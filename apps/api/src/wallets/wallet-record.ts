import type { WalletRecord } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { Wallet } from './wallets.store.ts';

type PublicPackage = Pick<WalletRecord, 'nodeSetHash' | 'commitments' | 'verifyingShares'>;

export function walletRecordOf(wallet: Wallet): WalletRecord {
  return {
    publicKey: toBase64url(wallet.public_key),
    epoch: wallet.epoch,
    ceremony: toBase64url(wallet.ceremony),
    ...(JSON.parse(wallet.package) as PublicPackage),
    vouchers: JSON.parse(wallet.vouchers) as WalletRecord['vouchers'],
    sealedShares: toBase64url(wallet.sealed_shares),
    aik: toBase64url(wallet.aik),
    addressSignature: toBase64url(wallet.address_signature),
  };
}

/** As it is stored. */
export function packageText({ nodeSetHash, commitments, verifyingShares }: PublicPackage): string {
  return JSON.stringify({ nodeSetHash, commitments, verifyingShares });
}
