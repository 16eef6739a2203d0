import { createHash } from 'node:crypto';
import {
  consumeIntent,
  encodeWalletRequest,
  equalBytes,
  isSameCommitment,
  MalformedError,
  shareAuthorisationStatement,
  signShare,
  type WalletAnswer,
  type WalletRefusal,
  type WalletRequest,
} from '@hexkey/protocol';
import type { OperationContext } from '../operation.ts';
import type { PinRecord } from '../records/pin-record.ts';
import { NodeRefusal } from '../refusal.ts';
import { deviceNameOf } from '../requester/requester.ts';
import { decideOnWallet, isRefused, type WalletDecision, type WalletSender } from './decide-on-wallet.ts';
import { overLimit } from './prepare-signature.ts';
import { isRefusal, isThisWallet, walletFor } from './rights.ts';
import { accountName, attemptName, type PreparedSignature, type WalletDeps } from './wallet-deps.ts';
import type { CommittedShare } from './wallet-state.ts';

type ShareRequest = Extract<WalletRequest, { kind: 'Share' }>;

/**
 * This node's share of one signature (RFC 9591 section 5.2), for the device that prepared it, with the owner's signature over exactly this
 * message. The attempt is consumed, durably, before the share is made; the same request again gets the same share while the process lives.
 * @throws {NodeRefusal} 400, 401
 */
export async function giveShare(
  deps: WalletDeps,
  context: OperationContext,
  request: ShareRequest,
): Promise<WalletAnswer> {
  const { kind } = request;
  const device = deviceNameOf(context.requester);
  const prepared = deps.prepared.find(accountName(context), attemptName(request), context.time.nowMs);
  if (prepared === undefined || !equalBytes(prepared.device, device))
    return { kind, ...(await whyGone(deps, context, request)) };
  requireSameSigners(prepared, request);
  const name = createHash('sha256').update(encodeWalletRequest(request)).digest('hex');
  // One request has the nonces; whoever repeats it waits for its share.
  if (prepared.signing !== null && prepared.signing.request !== name) return { kind, outcome: 'Consumed' };
  prepared.signing ??= { request: name, share: sign(deps, context, request, prepared) };
  try {
    return { kind, outcome: 'Ok', share: await prepared.signing.share };
  } catch (error) {
    if (!(error instanceof NotSigned)) throw error;
    // The nonces were not used: another request, perhaps with a right signature, may have them.
    prepared.signing = null;
    return { kind, ...error.refusal };
  }
}

/** The attempt was refused before its nonces were touched. */
class NotSigned extends Error {
  readonly refusal: WalletRefusal;
  constructor(refusal: WalletRefusal) {
    super(refusal.outcome);
    this.refusal = refusal;
  }
}

async function sign(
  deps: WalletDeps,
  context: OperationContext,
  request: ShareRequest,
  prepared: PreparedSignature,
): Promise<Uint8Array> {
  const consumed = await decideOnWallet<CommittedShare>(deps, context, 'sign', (record, sender) =>
    decide(deps, record, sender, request, prepared),
  );
  if (isRefused(consumed)) throw new NotSigned(consumed);
  try {
    const { message, nonces } = prepared;
    return signShare(consumed.key, consumed.package, nonces, request.commitments, message).share;
  } catch (error) {
    if (error instanceof MalformedError) throw new NodeRefusal(400, 'a commitment is no commitment');
    throw error;
  }
}

function decide(
  deps: WalletDeps,
  record: PinRecord,
  sender: WalletSender,
  request: ShareRequest,
  prepared: PreparedSignature,
): WalletDecision<CommittedShare> {
  const { nowMs } = sender;
  const committed = walletFor(record, sender, { pastHold: true });
  if (isRefusal(committed)) return { refuse: committed };
  if (!isThisWallet(committed, request)) return { refuse: { outcome: 'OtherWallet' } };
  if (prepared.expiresAtMs <= nowMs) return { refuse: { outcome: 'Expired' } };
  if (!isAuthorised(deps, record, sender, request, prepared)) return { refuse: { outcome: 'AuthRefused' } };
  const messageHash = createHash('sha256').update(prepared.message).digest();
  const { intent, attempt } = request;
  const consumed = consumeIntent(record.wallet.spending, { intent, attempt, messageHash }, nowMs);
  switch (consumed.verdict) {
    case 'unknown':
      return { refuse: { outcome: 'Gone' } };
    case 'consumed':
      return { refuse: { outcome: 'Consumed' } };
    case 'over':
      return { refuse: overLimit(consumed.passed) };
    case 'consumed-now':
      return {
        wallet: { ...record.wallet, spending: consumed.state },
        tell: true,
        result: committed,
      };
  }
}

/** By the PIN-auth key, or by this device's own pay-auth key for a while after its last right PIN. */
function isAuthorised(
  deps: WalletDeps,
  record: PinRecord,
  sender: WalletSender,
  { wallet, epoch, intent, attempt, auth }: ShareRequest,
  { message, expiresAtMs }: PreparedSignature,
): boolean {
  if (auth.expiresAtMs !== expiresAtMs) return false;
  const key = auth.key === 'pin' ? (record.committed?.pinAuthKey ?? null) : payKeyOf(record, sender);
  if (key === null) return false;
  const claim = shareAuthorisationStatement({ wallet, epoch, intent, attempt, message, expiresAtMs });
  return deps.verify(key, claim, auth.signature);
}

function payKeyOf(
  { throttle, committedAtMs, wallet }: PinRecord,
  { caller, device, nowMs }: WalletSender,
): Uint8Array | null {
  const pay = wallet.payKeys.find((each) => equalBytes(each.device, device));
  const lastRightAtMs = throttle.devices.find((each) => each.caller === caller.id)?.lastRightAtMs ?? 0;
  if (pay === undefined || lastRightAtMs < committedAtMs || lastRightAtMs + pay.windowMs <= nowMs)
    return null;
  return pay.key;
}

/** @throws {NodeRefusal} 400 for other signers than were prepared, or another commitment than this node showed */
function requireSameSigners({ signers, commitment }: PreparedSignature, { commitments }: ShareRequest): void {
  const isSame =
    commitments.length === signers.length &&
    commitments.every(({ identifier }, index) => identifier === signers[index]) &&
    commitments.some((each) => isSameCommitment(each, commitment));
  if (!isSame) throw new NodeRefusal(400, 'the commitments are not those that were prepared');
}

/** Nonces that are not in memory: used, or lost. */
async function whyGone(
  deps: WalletDeps,
  context: OperationContext,
  { intent, attempt }: ShareRequest,
): Promise<WalletRefusal> {
  const outcome = await decideOnWallet<'Consumed' | 'Gone'>(deps, context, 'sign', ({ wallet }) => {
    const known = wallet.spending.intents.find((each) => equalBytes(each.intent, intent));
    const isUsed =
      known !== undefined && (attempt < known.attempt || (attempt === known.attempt && known.isConsumed));
    return { keep: isUsed ? 'Consumed' : 'Gone' };
  });
  return typeof outcome === 'string' ? { outcome } : outcome;
}
