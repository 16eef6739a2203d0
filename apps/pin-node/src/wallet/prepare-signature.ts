import { createHash } from 'node:crypto';
import {
  areSignersGood,
  type BindVerdict,
  bindIntent,
  commitToSign,
  equalBytes,
  type KeyShare,
  type PassedLimit,
  readTransfer,
  type WalletAnswer,
  type WalletRefusal,
  type WalletRequest,
} from '@hexkey/protocol';
import type { OperationContext } from '../operation.ts';
import type { PinRecord } from '../records/pin-record.ts';
import { NodeRefusal } from '../refusal.ts';
import { deviceNameOf } from '../requester/requester.ts';
import { decideOnWallet, isRefused, type WalletDecision, type WalletSender } from './decide-on-wallet.ts';
import { isRefusal, isThisWallet, walletFor } from './rights.ts';
import { accountName, attemptName, type PreparedSignature, type WalletDeps } from './wallet-deps.ts';

type PrepareRequest = Extract<WalletRequest, { kind: 'Prepare' }>;

/** As far ahead as an authorisation may expire: two minutes, and a clock that is some minutes off. */
const maxAheadMs = 5 * 60_000;

/** A fresh binding, for which nonces are made, or one that was made before. */
interface Bound {
  readonly isFresh: boolean;
  readonly key: KeyShare;
}

/**
 * Binds an attempt at an intent to one message, durably, and only then commits to nonces for it (RFC 9591 section 5.1). The nonces never rest:
 * after a restart the attempt answers `Gone`, and no other nonces are made for it.
 * @throws {NodeRefusal} 400, 401
 */
export async function prepareSignature(
  deps: WalletDeps,
  context: OperationContext,
  request: PrepareRequest,
): Promise<WalletAnswer> {
  const { kind } = request;
  const bound = await decideOnWallet<Bound>(deps, context, 'sign', (record, sender) =>
    decide(record, sender, request),
  );
  if (isRefused(bound)) return { kind, ...bound };
  const { nowMs } = context.time;
  const [account, name] = [accountName(context), attemptName(request)];
  const device = deviceNameOf(context.requester);
  const known = deps.prepared.find(account, name, nowMs);
  if (!bound.isFresh) {
    const isSame = known !== undefined && isPreparedFor(known, device, request);
    return isSame ? answerOf(known) : { kind, outcome: 'Gone' };
  }
  const { message, signers, expiresAtMs } = request;
  const made = commitToSign(bound.key, deps.random);
  const prepared = { device, message, signers, expiresAtMs, ...made, signing: null };
  const freeAtMs = deps.prepared.put(account, name, prepared, nowMs);
  return freeAtMs === null ? answerOf(prepared) : { kind, outcome: 'TooMany', freeAtMs };
}

function answerOf({ commitment }: Pick<PreparedSignature, 'commitment'>): WalletAnswer {
  const { hiding, binding } = commitment;
  return { kind: 'Prepare', outcome: 'Ok', hiding, binding };
}

function decide(record: PinRecord, sender: WalletSender, request: PrepareRequest): WalletDecision<Bound> {
  const { nowMs } = sender;
  const committed = walletFor(record, sender, { pastHold: true });
  if (isRefusal(committed)) return { refuse: committed };
  if (!isThisWallet(committed, request)) return { refuse: { outcome: 'OtherWallet' } };
  const { key } = committed;
  if (!areSignersGood(committed.package, request.signers) || !request.signers.includes(key.identifier))
    throw new NodeRefusal(400, 'the signers are not of this wallet');
  const reading = readTransfer(request.wallet, request.message);
  if (reading.verdict === 'not-allowed') return { refuse: { outcome: 'NotAllowed', why: reading.why } };
  if (request.expiresAtMs <= nowMs || request.expiresAtMs > nowMs + maxAheadMs)
    return { refuse: { outcome: 'Expired' } };
  const { costs } = reading.transfer;
  const messageHash = createHash('sha256').update(request.message).digest();
  const { spending } = record.wallet;
  const { intent, attempt } = request;
  const bound = bindIntent(spending, { intent, attempt, messageHash, costs }, nowMs);
  if (bound.verdict === 'repeated') return { keep: { isFresh: false, key } };
  if (bound.verdict !== 'bound') return { refuse: refusalOf(bound) };
  return {
    wallet: { ...record.wallet, spending: bound.state },
    tell: false,
    result: { isFresh: true, key },
  };
}

function refusalOf(verdict: Exclude<BindVerdict, { verdict: 'bound' | 'repeated' }>): WalletRefusal {
  switch (verdict.verdict) {
    case 'taken':
      return { outcome: 'IntentTaken' };
    case 'consumed':
      return { outcome: 'Consumed' };
    case 'too-many':
      return { outcome: 'TooMany', freeAtMs: verdict.freeAtMs };
    case 'over':
      return overLimit(verdict.passed);
  }
}

export function overLimit({ mint, limit, spent, freeAtMs }: PassedLimit): WalletRefusal {
  return { outcome: 'OverLimit', mint, limit, spent, freeAtMs };
}

function isPreparedFor(known: PreparedSignature, device: Uint8Array, request: PrepareRequest): boolean {
  return (
    equalBytes(known.device, device) &&
    known.expiresAtMs === request.expiresAtMs &&
    known.signers.length === request.signers.length &&
    known.signers.every((signer, index) => signer === request.signers[index])
  );
}
