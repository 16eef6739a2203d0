import { DomainError, isDomainError, routes } from '@hexkey/contract';
import {
  type DerivedKey,
  fromBase64url,
  intentOf,
  type KeyPair,
  signedTransfer,
  toBase64url,
  verifyEd25519,
} from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import { openNodes } from '../../account/open-nodes.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { callWithPin } from '../../transport/call-with-pin.ts';
import { openOffServer } from '../exit/open-off-server.ts';
import { packageOf } from '../key/wallet-record.ts';
import { isRankingGood, type NodeRanking, rankNodes } from '../sign/choose-nodes.ts';
import { signMessage } from '../sign/sign-message.ts';
import type { TransferProgress } from '../wallet.ts';
import type { KeptTransfer } from '../wallet-book.ts';
import { type CarryDeps, carryTransfer, settle } from './carry-transfer.ts';
import { amendTransfer, findKept } from './kept-transfers.ts';
import { openWallet } from './open-wallet.ts';

/** What the owner's PIN, or a passkey, opens for one payment. */
export interface PaymentKeys {
  readonly auth: { readonly key: 'pin' | 'pay'; readonly pair: KeyPair };
  readonly shares: DerivedKey;
}

/**
 * Signs a kept transfer and carries it to the ledger, step by step, each written down before the next: announced, signed, put, sent, settled. It may stop anywhere; called again it goes on
 * where it stopped, and never signs other bytes for this intent.
 *
 * @param keys asked for only where something is left to sign
 * @throws {DomainError} what `signMessage`, `carryTransfer` and `createTransfer` throw; `TransferExpired`, `TransferFailed`
 */
export async function sendTransfer(
  deps: CarryDeps,
  account: KeptAccount,
  intentId: string,
  keys: () => Promise<PaymentKeys>,
  ranking: NodeRanking | null,
  onProgress: (progress: TransferProgress) => void,
): Promise<KeptTransfer> {
  const { client } = deps;
  let kept = await findKept(client, account, intentId);
  if (kept === null) throw new DomainError('NotFound', { what: 'transfer' });
  if (kept.state === 'begun') {
    const opened = await keys();
    if (kept.told === 'nothing' && kept.offServer !== true)
      kept = await announce(client, account, kept, opened);
    kept = await signKept(deps, account, kept, opened, ranking, onProgress);
  }
  if (kept.state === 'signed')
    kept = await carryTransfer(deps, account, kept, (step) => onProgress({ step }));
  if (kept.state === 'expired') throw new DomainError('TransferExpired', {});
  if (kept.state === 'failed') throw new DomainError('TransferFailed', { reason: kept.failure ?? '' });
  return kept;
}

/** Tells the server, which has its say before anything is signed. */
async function announce(
  client: Client,
  account: KeptAccount,
  { intentId, message, recipientHexkeyId }: KeptTransfer,
  { auth }: PaymentKeys,
): Promise<KeptTransfer> {
  const body = { intentId, message: toBase64url(message), recipientHexkeyId };
  try {
    await callWithPin(client.api, routes.createTransfer, callerOf(client, account), auth.pair, { body });
  } catch (error) {
    // The window of the passkey is over, or the PIN was changed elsewhere: for its owner that is the same.
    if (auth.key === 'pay' && isDomainError(error, 'Forbidden')) throw new DomainError('PinNeededAgain', {});
    throw error;
  }
  return amendTransfer(client, account, intentId, (each) => ({ ...each, told: 'announced' }));
}

async function signKept(
  deps: CarryDeps,
  account: KeptAccount,
  kept: KeptTransfer,
  { auth, shares: sharesKey }: PaymentKeys,
  ranking: NodeRanking | null,
  onProgress: (progress: TransferProgress) => void,
): Promise<KeptTransfer> {
  const { client, ledger } = deps;
  const { intentId, message } = kept;
  if ((await ledger.finalizedBlockHeight()) > kept.lastValidBlockHeight)
    return settle(client, account, kept, 'expired', null);
  const { record, shares, channel } =
    kept.offServer === true
      ? await openOffServer(client, account, sharesKey)
      : {
          ...(await openWallet(client, account, sharesKey)),
          channel: (await openNodes(client, account)).channel,
        };
  const walletPackage = packageOf(record);
  const { nodes } = isRankingGood(ranking, client.deps.clock.now())
    ? ranking
    : await rankNodes(client.deps, channel, walletPackage);
  const signed = await signMessage(client.deps, channel, nodes, {
    wallet: walletPackage,
    shares,
    message,
    intent: intentOf(intentId),
    lastAttempt: kept.attempt,
    auth,
    onAttempt: async (attempt) =>
      void (await amendTransfer(client, account, intentId, (each) => ({ ...each, attempt }))),
    onProgress: (done, of) => onProgress({ step: 'signing', done, of }),
  });
  const transaction = signedTransfer(signed.signature, message);
  if (!verifyEd25519(fromBase64url(record.publicKey), message, signed.signature))
    throw new Error('a signature that does not verify is not sent');
  return amendTransfer(client, account, intentId, (each) => ({
    ...each,
    transaction,
    state: 'signed',
    cheatingNodes: [...new Set([...each.cheatingNodes, ...signed.cheatingNodes])],
  }));
}
