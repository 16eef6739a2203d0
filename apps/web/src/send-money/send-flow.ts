import { DomainError, isDomainError } from '@hexkey/contract';
import type { Transfer, TransferProgress, TransferQuote, TransferWarning } from '@hexkey/sdk';

/** Whom the money goes to, as they were chosen. */
export type Payee =
  | { readonly hexkeyId: string; readonly name: string | null; readonly avatarId: string | null }
  | { readonly address: string };

/** The amount as it stands in its field. */
export interface TypedAmount {
  /** Null is SOL. */
  readonly mint: string | null;
  readonly text: string;
  readonly memo: string;
}

interface Chosen {
  readonly to: Payee;
  readonly typed: TypedAmount;
}
interface Quoted extends Chosen {
  readonly quote: TransferQuote;
}
type WarningKind = TransferWarning['kind'];

/** Where it stands. A quote has one intent, and the nodes never sign two payments for one. */
export type SendFlow =
  | { readonly at: 'recipient'; readonly typed: TypedAmount }
  | ({ readonly at: 'amount' } & Chosen)
  | ({ readonly at: 'review'; readonly confirmed: readonly WarningKind[] } & Quoted)
  | ({ readonly at: 'approve'; readonly confirmed: readonly WarningKind[] } & Quoted)
  | ({ readonly at: 'working'; readonly progress: TransferProgress } & Quoted)
  /** Signed, and not known to be on the ledger: it goes on by itself. */
  | ({ readonly at: 'under-way' } & Quoted)
  | { readonly at: 'sent'; readonly transfer: Transfer }
  /** `retry`: nothing is known to be wrong with the payment, and the same can be sent. `anew`: nothing was paid, and this one never will be. */
  | ({ readonly at: 'failed'; readonly error: unknown; readonly next: 'retry' | 'anew' } & Quoted);

export type SendEvent =
  | { readonly type: 'chose'; readonly to: Payee }
  | { readonly type: 'typed'; readonly typed: TypedAmount }
  | { readonly type: 'back' }
  | { readonly type: 'quoted'; readonly quote: TransferQuote }
  | { readonly type: 'confirmed'; readonly warning: WarningKind; readonly isConfirmed: boolean }
  | { readonly type: 'accepted' }
  | { readonly type: 'progressed'; readonly progress: TransferProgress }
  | { readonly type: 'refused'; readonly error: unknown }
  /** What became of the transfer, from `send` or looked up later. */
  | { readonly type: 'settled'; readonly transfer: Transfer }
  | { readonly type: 'retry' }
  | { readonly type: 'anew' };

const nothingTyped: TypedAmount = { mint: null, text: '', memo: '' };

/** @param start what was chosen elsewhere, such as the person of a chat or an asset */
export function beginSend(start: { readonly to?: Payee; readonly mint?: string | null } = {}): SendFlow {
  const typed = { ...nothingTyped, mint: start.mint ?? null };
  return start.to ? { at: 'amount', to: start.to, typed } : { at: 'recipient', typed };
}

export function advanceSend(flow: SendFlow, event: SendEvent): SendFlow {
  switch (event.type) {
    case 'chose':
      return flow.at === 'recipient' ? { at: 'amount', to: event.to, typed: flow.typed } : flow;
    case 'typed':
      return flow.at === 'amount' ? { ...flow, typed: event.typed } : flow;
    case 'back':
      return stepBack(flow);
    case 'quoted':
      return flow.at === 'amount' ? { ...flow, at: 'review', quote: event.quote, confirmed: [] } : flow;
    case 'confirmed':
      return flow.at === 'review' ? { ...flow, confirmed: confirmedWith(flow.confirmed, event) } : flow;
    case 'accepted':
      return flow.at === 'review' && isAllConfirmed(flow) ? { ...flow, at: 'approve' } : flow;
    case 'progressed':
      return afterProgress(flow, event.progress);
    case 'refused':
      return afterRefusal(flow, event.error);
    case 'settled':
      return isOwnTransfer(flow, event.transfer) ? afterSettling(flow, event.transfer) : flow;
    case 'retry':
      // Every warning was confirmed before it was sent the first time.
      return flow.at === 'failed' && flow.next === 'retry'
        ? { ...quotedOf(flow), at: 'approve', confirmed: flow.quote.warnings.map(({ kind }) => kind) }
        : flow;
    case 'anew':
      return flow.at === 'failed' && flow.next === 'anew'
        ? { at: 'amount', to: flow.to, typed: flow.typed }
        : flow;
  }
}

/** Whether each warning of the quote was confirmed, each on its own. */
export const isAllConfirmed = ({ quote, confirmed }: Extract<SendFlow, { at: 'review' }>): boolean =>
  quote.warnings.every(({ kind }) => confirmed.includes(kind));

const quotedOf = ({ to, typed, quote }: Quoted): Quoted => ({ to, typed, quote });

/** Back leads nowhere once the payment may be signed. */
function stepBack(flow: SendFlow): SendFlow {
  switch (flow.at) {
    case 'amount':
      return { at: 'recipient', typed: flow.typed };
    case 'review':
      return { at: 'amount', to: flow.to, typed: flow.typed };
    case 'approve':
      return { ...flow, at: 'review' };
    default:
      return flow;
  }
}

function confirmedWith(
  before: readonly WarningKind[],
  { warning, isConfirmed }: Extract<SendEvent, { type: 'confirmed' }>,
): readonly WarningKind[] {
  const others = before.filter((kind) => kind !== warning);
  return isConfirmed ? [...others, warning] : others;
}

/** While the PIN is proven its prompt stays, which says how far that is. */
function afterProgress(flow: SendFlow, progress: TransferProgress): SendFlow {
  if (flow.at !== 'approve' && flow.at !== 'working') return flow;
  if (progress.step === 'unlocking') return flow;
  return { ...quotedOf(flow), at: 'working', progress };
}

/** Of these it is known that nothing was paid and nothing will be. */
const endings = [
  'TransferExpired',
  'TransferFailed',
  'TransferRefused',
  'OverLimit',
  'DeviceOnHold',
  'InsufficientBalance',
  'AccountDeleted',
] as const;

function afterRefusal(flow: SendFlow, error: unknown): SendFlow {
  if (flow.at !== 'approve' && flow.at !== 'working') return flow;
  const quoted = quotedOf(flow);
  if (endings.some((name) => isDomainError(error, name)))
    return { ...quoted, at: 'failed', error, next: 'anew' };
  if (isDomainError(error, 'LedgerUnavailable') || mayBeOut(flow)) return { ...quoted, at: 'under-way' };
  // At the PIN the prompt says why, and Retry there sends the same guess.
  return flow.at === 'approve' ? flow : { ...quoted, at: 'failed', error, next: 'retry' };
}

/** Whether signed bytes may have left this device. */
const mayBeOut = (flow: SendFlow) =>
  flow.at === 'working' && (flow.progress.step === 'sending' || flow.progress.step === 'confirming');

const isOwnTransfer = (flow: SendFlow, transfer: Transfer) =>
  (flow.at === 'approve' || flow.at === 'working' || flow.at === 'under-way') &&
  transfer.id === flow.quote.intentId;

function afterSettling(flow: SendFlow, transfer: Transfer): SendFlow {
  if (transfer.state === 'confirmed') return { at: 'sent', transfer };
  const quoted = quotedOf(flow as Quoted & SendFlow);
  if (transfer.state === 'failed')
    return { ...quoted, at: 'failed', error: failureOf(transfer), next: 'anew' };
  // Before it is signed nothing is out, and nothing goes on by itself.
  return transfer.signature === null
    ? { ...quoted, at: 'failed', error: new DomainError('LedgerUnavailable', {}), next: 'retry' }
    : { ...quoted, at: 'under-way' };
}

const failureOf = ({ failure }: Transfer) =>
  failure === 'expired'
    ? new DomainError('TransferExpired', {})
    : new DomainError('TransferFailed', { reason: failure ?? '' });
