import { type BodyOf, DomainError, type routes, type WalletRecord } from '@hexkey/contract';
import { equalBytes } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField } from '../field-bytes.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { readWalletRecord, setOf } from './read-wallet-record.ts';
import { walletRecordOf } from './wallet-record.ts';
import type { Wallet } from './wallets.store.ts';

type Body = BodyOf<typeof routes.createWallet>;

/**
 * Keeps the first wallet of an account, once every node of the set has vouched for its package. The device that made it has no hold. Whoever
 * comes second, this device again among them, is answered with the one that is there.
 * @throws {DomainError} `InvalidField`; `Forbidden` (not-allowed) while a replacement of S_pin is prepared: its seal would be missing
 */
export async function createWallet(
  deps: Pick<Deps, 'clock' | 'random' | 'transact' | 'nodeSets'>,
  { session, account, pinAuthKey }: Caller,
  body: Body,
  address: string,
): Promise<{ readonly wallet: WalletRecord }> {
  if (body.epoch !== 1) throw invalidField('epoch', 'a new wallet has epoch 1');
  const wallet = newWallet(readWalletRecord(setOf(deps, account), account.id, body), deps.clock.now());
  return deps.transact(async (stores) => {
    const isCurrent =
      pinAuthKey !== null && equalBytes(account.pin_auth_key ?? new Uint8Array(0), pinAuthKey);
    const isReplaced = (await stores.preparedSecrets.list(account.id)).length > 0;
    const there = await stores.wallets.get(account.id);
    if (there !== null) return { wallet: walletRecordOf(there) };
    if (!isCurrent || isReplaced) throw new DomainError('Forbidden', { reason: 'not-allowed' });
    if (await stores.wallets.add(wallet)) {
      await stores.sessions.endHold(session.id);
      await addLogEntry(deps, stores, session, { operation: 'createWallet', outcome: 'success', address });
      return { wallet: walletRecordOf(wallet) };
    }
    const faster = await stores.wallets.get(account.id);
    if (faster === null) throw invalidField('publicKey', 'is the wallet of another account');
    return { wallet: walletRecordOf(faster) };
  });
}

function newWallet(record: ReturnType<typeof readWalletRecord>, nowMs: number): Wallet {
  const unlimited = { limits: null, pending_limits: null, pending_from_ms: null };
  return { ...record, ...unlimited, created_at_ms: nowMs };
}
