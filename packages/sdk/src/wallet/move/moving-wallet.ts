import { DomainError, type WalletRecord } from '@hexkey/contract';
import {
  type DerivedKey,
  type Entropy,
  type KeyPair,
  type KeyShare,
  type PinSecret,
  pinAuthKeyPair,
  type WalletPackage,
} from '@hexkey/protocol';
import type { MoveEnds } from '../../node-move/move-steps.ts';
import { isRecordGood, packageOf } from '../key/wallet-record.ts';
import { openShares, sharesKey } from '../key/wallet-shares.ts';

/** A wallet on its way: its package and the client's shares of it, open. */
export interface MovingWallet {
  readonly accountId: string;
  readonly package: WalletPackage;
  readonly shares: readonly KeyShare[];
  readonly sharesKey: DerivedKey;
  readonly pinAuthKeys: KeyPair;
}

/** @throws {DomainError} `NodeCheated`: not a wallet of the old nodes; `SecretReplaced`: its shares do not open */
export function openMovingWallet(
  { from }: Pick<MoveEnds, 'from'>,
  record: WalletRecord,
  given: { readonly accountId: string; readonly pinSecret: PinSecret; readonly entropy: Entropy },
): MovingWallet {
  const { accountId, pinSecret, entropy } = given;
  if (!isRecordGood(record, from.set, accountId)) throw new DomainError('NodeCheated', { realmIds: [] });
  const key = sharesKey(pinSecret, entropy);
  const shares = openShares(key, accountId, record);
  if (shares === null) throw new DomainError('SecretReplaced', {});
  return {
    accountId,
    package: packageOf(record),
    shares,
    sharesKey: key,
    pinAuthKeys: pinAuthKeyPair(pinSecret),
  };
}
