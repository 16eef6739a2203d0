import { type BodyOf, DomainError, type routes, type WalletRecord } from '@hexkey/contract';
import { equalBytes } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField } from '../field-bytes.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { readWalletRecord, setOf } from './read-wallet-record.ts';
import { walletRecordOf } from './wallet-record.ts';

/**
 * Puts the shares of the next epoch in the place of those before, once t nodes of the set that the account was moved to have vouched for them: same key, same address. The same again, or an
 * epoch that is not later, changes nothing.
 * @throws {DomainError} `WalletMissing`, `InvalidField`; `Forbidden` (not-allowed) with the key of a secret that is not the account's
 */
export async function moveWallet(
  deps: Pick<Deps, 'transact' | 'nodeSets'>,
  { account, pinAuthKey }: Caller,
  body: BodyOf<typeof routes.moveWallet>,
): Promise<{ readonly wallet: WalletRecord }> {
  const next = readWalletRecord(setOf(deps, account), account.id, body);
  return deps.transact(async (stores) => {
    const there = await stores.wallets.lock(account.id);
    if (there === null) throw new DomainError('WalletMissing', {});
    if (!equalBytes(there.public_key, next.public_key)) throw invalidField('publicKey', 'is another wallet');
    if (next.epoch <= there.epoch) return { wallet: walletRecordOf(there) };
    const current = account.pin_auth_key ?? new Uint8Array(0);
    if (pinAuthKey === null || !equalBytes(current, pinAuthKey))
      throw new DomainError('Forbidden', { reason: 'not-allowed' });
    // Who speaks for the address is not changed here.
    const { account_id, epoch, ceremony, package: publicPackage, vouchers, sealed_shares } = next;
    const moved = { epoch, ceremony, package: publicPackage, vouchers, sealed_shares };
    if (!(await stores.wallets.move(there.epoch, { account_id, ...moved })))
      throw new Error('a locked wallet was replaced');
    // A secret that was to follow was staged at the nodes before, which have let the account go; its seal is of shares that are no more.
    await stores.preparedSecrets.drop(account.id);
    return { wallet: walletRecordOf({ ...there, ...moved }) };
  });
}
