import type { WalletRecord, WalletRewrap } from '@hexkey/contract';
import {
  accountIdentityKeyPair,
  accountShard,
  type CborValue,
  type DerivedKey,
  decodeCbor,
  type Entropy,
  encodeCbor,
  fromBase64url,
  type KeyShare,
  openSeal,
  type PinSecret,
  type Random,
  Secret,
  seal,
  signEd25519,
  toBase64url,
  walletAddressStatement,
  wrapSharesKey,
} from '@hexkey/protocol';

const purpose = (accountId: string, epoch: number) => ({ label: 'wrap-shares', accountId, epoch });

/** The key of the client's shares: both the PIN and the words, or what seals them, are needed for it. */
export const sharesKey = (pinSecret: PinSecret, entropy: Entropy): DerivedKey =>
  wrapSharesKey(pinSecret, accountShard(entropy));

/** Docs/protocol/wallet.md section 5: CBOR of `[identifier, scalar]` pairs. */
export function sealShares(
  key: DerivedKey,
  of: { readonly accountId: string; readonly epoch: number },
  shares: readonly KeyShare[],
  random: Random,
): Uint8Array<ArrayBuffer> {
  const pairs: CborValue = shares.map(({ identifier, share }) => [identifier, share.reveal()]);
  return seal(key, purpose(of.accountId, of.epoch), new Secret(encodeCbor(pairs)), random);
}

/** Null when the seal is under another S_pin or other words, or is of another account or epoch. */
export function openShares(
  key: DerivedKey,
  accountId: string,
  record: Pick<WalletRecord, 'epoch' | 'sealedShares'>,
): readonly KeyShare[] | null {
  const opened = openSeal(key, purpose(accountId, record.epoch), fromBase64url(record.sealedShares));
  if (opened === null) return null;
  // Sealed by this account's own client, so the form is certain.
  const pairs = decodeCbor(opened.reveal()) as [number, Uint8Array][];
  return pairs.map(([identifier, share]) => ({ identifier, share: new Secret(share) }));
}

/** What of a wallet changes with S_pin: the seal of the shares, and who signs the address. */
export function wrapWallet(
  of: { readonly accountId: string; readonly publicKey: Uint8Array; readonly epoch: number },
  shares: readonly KeyShare[],
  { pinSecret, entropy }: { readonly pinSecret: PinSecret; readonly entropy: Entropy },
  random: Random,
): WalletRewrap {
  const aik = accountIdentityKeyPair(pinSecret, accountShard(entropy));
  const statement = walletAddressStatement(of.accountId, of.publicKey);
  return {
    sealedShares: toBase64url(sealShares(sharesKey(pinSecret, entropy), of, shares, random)),
    aik: toBase64url(aik.publicKey),
    addressSignature: toBase64url(signEd25519(aik, statement)),
  };
}
