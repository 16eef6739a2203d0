import { DomainError, isDomainError, routes } from '@hexkey/contract';
import { toBase58, toBase64url } from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import type { WalletPorts } from '../../deps.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { awaitSignature, type SignatureWait } from '../ledger/await-signature.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { LedgerRefusal } from '../ledger/ledger-rpc.ts';
import type { KeptTransfer } from '../wallet-book.ts';
import { amendTransfer } from './kept-transfers.ts';

export interface CarryDeps {
  readonly client: Client;
  readonly ledger: Ledger;
  readonly wait: WalletPorts['wait'];
  readonly openLedgerSocket?: WalletPorts['openLedgerSocket'];
}

/** After so long unseen the same bytes are sent once more: nodes of a cluster drop what they are too busy for. */
const sendAgainMs = 2000;

/**
 * Brings signed bytes to the ledger: put at the account server, sent, and sent again until the ledger says what became of them or can never take them any more. It sends what is kept and
 * signs nothing, so it may be called for the same transfer as often as anybody likes.
 *
 * @param onStep before it is sent, and once it waits for the ledger
 * @param once look once and come back, instead of waiting
 * @throws {DomainError} `Offline` (nothing was sent), `LedgerUnavailable`
 */
export async function carryTransfer(
  deps: CarryDeps,
  account: KeptAccount,
  kept: KeptTransfer,
  onStep: (step: 'sending' | 'confirming') => void = () => undefined,
  once = false,
): Promise<KeptTransfer> {
  if (kept.transaction === null) throw new Error('only signed bytes are carried');
  const { client } = deps;
  onStep('sending');
  const isPut = kept.told === 'signed' || kept.told === 'settled';
  if (!isPut && kept.offServer !== true) await putBytes(client, account, kept);
  const signature = signatureOf(kept.transaction);
  const time = awaitSignature(once ? undefined : deps.openLedgerSocket, signature, deps.wait);
  try {
    return await lookUntilKnown(
      deps,
      account,
      { ...kept, transaction: kept.transaction },
      time,
      onStep,
      once,
    );
  } finally {
    time.end();
  }
}

async function lookUntilKnown(
  { client, ledger }: CarryDeps,
  account: KeptAccount,
  kept: KeptTransfer & { readonly transaction: Uint8Array },
  time: SignatureWait,
  onStep: (step: 'sending' | 'confirming') => void,
  once: boolean,
): Promise<KeptTransfer> {
  const signature = signatureOf(kept.transaction);
  let unsentMs = sendAgainMs;
  for (;;) {
    const status = await ledger.statusOf(signature);
    if (status?.isFinal === true)
      return settle(client, account, kept, status.failure === null ? 'confirmed' : 'failed', status.failure);
    if (status === null) {
      const isValid = (await ledger.finalizedBlockHeight()) <= kept.lastValidBlockHeight;
      // Looked at once more afterwards: it may have been executed in the last block that could.
      if (!isValid && (await ledger.statusOf(signature)) === null)
        return settle(client, account, kept, 'expired', null);
      if (isValid && unsentMs >= sendAgainMs) {
        await sendOnce(ledger, kept.transaction);
        unsentMs = 0;
      }
    }
    onStep('confirming');
    if (once) return kept;
    unsentMs += await time.next();
  }
}

/** A refusal before execution is not the end: while the blockhash is good the same bytes may be executed by anybody. */
async function sendOnce(ledger: Ledger, transaction: Uint8Array): Promise<void> {
  try {
    await ledger.send(transaction);
  } catch (error) {
    if (!(error instanceof LedgerRefusal)) throw error;
  }
}

async function putBytes(
  client: Client,
  account: KeptAccount,
  { intentId, transaction }: KeptTransfer,
): Promise<void> {
  const body = { intentId, transaction: toBase64url(transaction as Uint8Array) };
  await client.api.call(routes.putSignedTransfer, { caller: callerOf(client, account), body });
  await amendTransfer(client, account, intentId, (each) => ({
    ...each,
    told: each.told === 'settled' ? 'settled' : 'signed',
  }));
}

/** Written down here first; the server hears of it now or at a later start. */
export async function settle(
  client: Client,
  account: KeptAccount,
  { intentId }: Pick<KeptTransfer, 'intentId'>,
  state: 'confirmed' | 'failed' | 'expired',
  failure: string | null,
): Promise<KeptTransfer> {
  const settled = await amendTransfer(client, account, intentId, (each) => ({ ...each, state, failure }));
  return tellServer(client, account, settled);
}

/** @returns it as it is kept now: `told` says whether the server knows */
export async function tellServer(
  client: Client,
  account: KeptAccount,
  kept: KeptTransfer,
): Promise<KeptTransfer> {
  const { intentId, state, failure, told } = kept;
  if (told === 'settled' || told === 'nothing' || state === 'begun' || state === 'signed') return kept;
  try {
    const body = { intentId, state, failure: failure === null ? null : failure.slice(0, 200) };
    await client.api.call(routes.settleTransfer, { caller: callerOf(client, account), body });
  } catch (error) {
    // A server that is away hears of it at a later start. One that knows nothing of it has nothing to settle.
    if (!(error instanceof DomainError)) throw error;
    if (!isDomainError(error, 'NotFound')) return kept;
  }
  return amendTransfer(client, account, intentId, (each) => ({ ...each, told: 'settled' }));
}

/** Base58 of the signature in the bytes. */
export function signatureOf(transaction: Uint8Array): string {
  return toBase58(transaction.subarray(1, 65));
}
