import { type BodyOf, DomainError, type routes, type TransferRecord } from '@hexkey/contract';
import {
  bindIntent,
  equalBytes,
  intentOf,
  limitsWindowMs,
  type ReadTransfer,
  readTransfer,
  toBase58,
} from '@hexkey/protocol';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { readBytes } from '../field-bytes.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { accountSubject } from '../limits/subjects.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { requireNoHold } from '../wallets/hold.ts';
import { limitsOfRow } from '../wallets/limits-of-wallet.ts';
import type { Wallet } from '../wallets/wallets.store.ts';
import { transferRecordOf } from './transfer-record.ts';
import type { StoredTransfer } from './transfers.store.ts';

type Body = BodyOf<typeof routes.createTransfer>;

/**
 * Announces a transfer before anything of it is signed. The nodes refuse for themselves; here honest clients learn it before they ask them. The
 * same announcement again is the same answer.
 * @throws {DomainError} `WalletMissing`, `DeviceOnHold`, `TransferRefused` (message, intent), `AccountDeleted`, `NotFound` (person, wallet), `OverLimit`, `TooMany`
 */
export async function createTransfer(
  deps: Pick<Deps, 'clock' | 'keys' | 'random' | 'transact'>,
  { session, account }: Caller,
  { intentId, message: text, recipientHexkeyId }: Body,
  address: string,
): Promise<TransferRecord> {
  const nowMs = deps.clock.now();
  const message = readBytes(text, 'message');
  return deps.transact(async (stores) => {
    const wallet = await stores.wallets.lock(account.id);
    if (wallet === null) throw new DomainError('WalletMissing', {});
    const there = await stores.transfers.get(account.id, intentId);
    if (there !== null) {
      if (!equalBytes(there.message, message)) throw new DomainError('TransferRefused', { reason: 'intent' });
      return transferRecordOf(there);
    }
    requireNoHold(session, nowMs);
    const reading = readTransfer(wallet.public_key, message);
    if (reading.verdict === 'not-allowed') throw new DomainError('TransferRefused', { reason: 'message' });
    if (recipientHexkeyId !== null)
      await requirePayee(stores, account.id, recipientHexkeyId, reading.transfer);
    const spent = await stores.transfers.listSpends(account.id, nowMs - limitsWindowMs);
    requireWithinLimits(wallet, spent, { intentId, costs: reading.transfer.costs }, nowMs);
    await enforceLimit(deps, stores, 'transfersPerAccount', accountSubject(deps.keys, account.id));
    const { lamports, token } = reading.transfer.costs;
    const announced: StoredTransfer = {
      account_id: account.id,
      intent_id: intentId,
      created_at_ms: nowMs,
      message,
      recipient_hexkey_id: recipientHexkeyId,
      lamports: lamports.toString(),
      mint: token?.mint ?? null,
      amount: token?.amount.toString() ?? null,
      state: 'announced',
      failure: null,
      signed_transaction: null,
    };
    await stores.transfers.add(announced);
    await addLogEntry(deps, stores, session, { operation: 'createTransfer', outcome: 'success', address });
    return transferRecordOf(announced);
  });
}

/** A person is paid at their own wallet, as far as the message shows where it goes. */
async function requirePayee(
  stores: Pick<Stores, 'people' | 'wallets'>,
  ownId: string,
  hexkeyId: string,
  { recipient }: ReadTransfer,
): Promise<void> {
  const person = await stores.people.find(ownId, hexkeyId);
  if (person === null) throw new DomainError('NotFound', { what: 'person' });
  if (person.deleted_at_ms !== null) throw new DomainError('AccountDeleted', {});
  const wallet = await stores.wallets.get(person.id);
  if (wallet === null) throw new DomainError('NotFound', { what: 'wallet' });
  if (recipient !== null && !equalBytes(recipient, wallet.public_key))
    throw new DomainError('TransferRefused', { reason: 'message' });
}

/** As a node counts, but what is announced counts already: the server does not hear of shares. */
function requireWithinLimits(
  wallet: Wallet,
  spent: readonly {
    readonly intentId: string;
    readonly atMs: number;
    readonly lamports: bigint;
    readonly token: { readonly mint: Uint8Array; readonly amount: bigint } | null;
  }[],
  next: { readonly intentId: string; readonly costs: ReadTransfer['costs'] },
  nowMs: number,
): void {
  // The intent is a new one here, so nothing is compared.
  const noHash = new Uint8Array(32);
  const intents = spent.map(({ intentId, atMs, lamports, token }) => ({
    intent: intentOf(intentId),
    messageHash: noHash,
    boundAtMs: atMs,
    attempt: 1,
    isConsumed: true,
    lamports,
    token,
    spentAtMs: atMs,
  }));
  const asked = {
    intent: intentOf(next.intentId),
    attempt: 1,
    messageHash: noHash,
    costs: next.costs,
  };
  const verdict = bindIntent({ limits: limitsOfRow(wallet), intents, fullUntilMs: 0 }, asked, nowMs);
  if (verdict.verdict === 'too-many')
    throw new DomainError('TooMany', { retryAfterMs: verdict.freeAtMs - nowMs });
  if (verdict.verdict !== 'over') return;
  const { mint, limit, spent: spentBefore, freeAtMs } = verdict.passed;
  throw new DomainError('OverLimit', {
    mint: mint === null ? null : toBase58(mint),
    limit: limit.toString(),
    spent: spentBefore.toString(),
    freeAtMs,
  });
}
