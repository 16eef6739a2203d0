import { MalformedError } from '../../pin/malformed.ts';
import { type CborMap, type CborValue, cborMap } from '../../pin/wire/cbor.ts';
import { type Members, readMembers } from '../../pin/wire/members.ts';
import type { SpendingState, WalletIntent } from '../policy/intents.ts';
import type { LimitsState } from '../policy/limits.ts';
import { walletLengths } from './requests.ts';
import { amountIn, amountToCbor, limitsFrom, limitsToCbor } from './values.ts';

/** What a node remembers of payments, as it stores it and as it tells it to the nodes of another set. */
export function spendingToCbor({ limits, intents, fullUntilMs }: SpendingState): Record<string, CborValue> {
  const { pending } = limits;
  return {
    limits: limitsToCbor(limits.limits),
    pending: pending && cborMap({ limits: limitsToCbor(pending.limits), from_ms: pending.fromMs }),
    intents: intents.map(intentToCbor),
    full_until: fullUntilMs,
  };
}

export const spendingMembers = ['limits', 'pending', 'intents', 'full_until'];

/** @throws {MalformedError} */
export function spendingFrom(members: Members): SpendingState {
  const pending = members.value('pending');
  const limits: LimitsState = {
    limits: limitsFrom(members.value('limits')),
    pending: pending === null ? null : pendingFrom(readMembers(pending)),
  };
  const intents = members.value('intents');
  if (!Array.isArray(intents)) throw new MalformedError('intents: not rows');
  return {
    limits,
    intents: intents.map((intent) => intentFrom(readMembers(intent))),
    fullUntilMs: members.integer('full_until'),
  };
}

function pendingFrom(members: Members): NonNullable<LimitsState['pending']> {
  return { limits: limitsFrom(members.value('limits')), fromMs: members.integer('from_ms') };
}

function intentToCbor(intent: WalletIntent): CborMap {
  return cborMap({
    intent: intent.intent,
    message_hash: intent.messageHash,
    bound_at: intent.boundAtMs,
    attempt: intent.attempt,
    consumed: intent.isConsumed ? 1 : 0,
    lamports: amountToCbor(intent.lamports),
    token: intent.token && cborMap({ mint: intent.token.mint, amount: amountToCbor(intent.token.amount) }),
    spent_at: intent.spentAtMs,
  });
}

function intentFrom(members: Members): WalletIntent {
  const token = members.value('token');
  return {
    intent: members.bytes('intent', walletLengths.intent),
    messageHash: members.bytes('message_hash', walletLengths.hash),
    boundAtMs: members.integer('bound_at'),
    attempt: members.integer('attempt'),
    isConsumed: members.integer('consumed') === 1,
    lamports: amountIn(members, 'lamports'),
    token: token === null ? null : tokenFrom(readMembers(token)),
    spentAtMs: members.integerOrNull('spent_at'),
  };
}

function tokenFrom(members: Members): NonNullable<WalletIntent['token']> {
  return { mint: members.bytes('mint', walletLengths.key), amount: amountIn(members, 'amount') };
}
