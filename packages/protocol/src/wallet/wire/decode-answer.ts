import { MalformedError } from '../../pin/malformed.ts';
import { decodeCbor, decodeVariant } from '../../pin/wire/cbor.ts';
import { type Members, readMembers } from '../../pin/wire/members.ts';
import type { LimitsState } from '../policy/limits.ts';
import { type NotAllowedReason, notAllowedReasons } from '../read-transfer.ts';
import {
  type BareRefusal,
  bareRefusals,
  type WalletAnswerTo,
  type WalletOk,
  type WalletRefusal,
} from './answers.ts';
import { type WalletRequest, walletLengths } from './requests.ts';
import {
  amountIn,
  identifierFrom,
  limitsFrom,
  listFrom,
  octetsFrom,
  sealedMessageFrom,
  sealedSharesIn,
  walletPackageFrom,
} from './values.ts';

/**
 * Reads the answer to one request. Unknown members are ignored, so that a newer node can say more.
 * @param kind the request that was sent; an answer to another one is malformed
 * @throws {MalformedError}
 */
export function decodeWalletAnswer<K extends WalletRequest['kind']>(
  bytes: Uint8Array,
  kind: K,
): WalletAnswerTo<K> {
  const answered = decodeVariant(decodeCbor(bytes));
  if (answered.tag !== kind) throw new MalformedError('answer to another request');
  const { tag: outcome, content } = decodeVariant(answered.content);
  const answer =
    outcome === 'Ok'
      ? okFrom(kind, content === undefined ? null : readMembers(content))
      : { kind, ...refusalFrom(outcome, content) };
  // The kind is the one asked for by construction; the compiler cannot follow a union through a type parameter.
  return answer as WalletAnswerTo<K>;
}

function okFrom(kind: WalletRequest['kind'], content: Members | null): WalletOk {
  const outcome = 'Ok';
  if (content === null) {
    if (
      kind === 'CommitWallet' ||
      kind === 'ApproveDevice' ||
      kind === 'SetPayAuth' ||
      kind === 'DeleteWallet' ||
      kind === 'CancelExport'
    )
      return { kind, outcome };
    throw new MalformedError('an answer without content');
  }
  switch (kind) {
    case 'WalletStatus':
      return {
        kind,
        outcome,
        wallet: walletFrom(content.value('wallet')),
        staged: listFrom(content.value('staged'), (item) => octetsFrom(item, walletLengths.ceremony)),
        holdUntilMs: content.integerOrNull('hold_until_ms'),
        approved: listFrom(content.value('approved'), (item) => octetsFrom(item, walletLengths.hash)),
        limits: limitsStateIn(content),
        pay: payFrom(content.value('pay')),
        exporting: exportFrom(content.value('exporting')),
      };
    case 'ReadWallet':
      return {
        kind,
        outcome,
        ceremony: content.bytes('ceremony', walletLengths.ceremony),
        package: walletPackageFrom(content.value('package')),
        sealedShares: content.value('sealed_shares') === null ? null : sealedSharesIn(content),
        signature: content.bytes('signature', walletLengths.signature),
      };
    case 'DkgBegin':
      return {
        kind,
        outcome,
        commitment: listFrom(content.value('commitment'), (item) => octetsFrom(item, walletLengths.point)),
        proof: content.bytes('proof', walletLengths.signature),
      };
    case 'DkgExchange':
      return { kind, outcome, messages: listFrom(content.value('messages'), sealedMessageFrom) };
    case 'DkgFinish':
      return {
        kind,
        outcome,
        packageHash: content.bytes('package_hash', walletLengths.hash),
        signature: content.bytes('signature', walletLengths.signature),
      };
    case 'Prepare':
      return {
        kind,
        outcome,
        hiding: content.bytes('hiding', walletLengths.point),
        binding: content.bytes('binding', walletLengths.point),
      };
    case 'Share':
      return { kind, outcome, share: content.bytes('share', walletLengths.scalar) };
    case 'SetLimits':
      return { kind, outcome, limits: limitsStateIn(content) };
    case 'BeginExport':
      return { kind, outcome, fromMs: content.integer('from_ms') };
    case 'ExportShare':
      return { kind, outcome, sealed: content.bytes('sealed', walletLengths.sealedShare) };
    default:
      throw new MalformedError('unexpected content');
  }
}

function refusalFrom(outcome: string, content: unknown): WalletRefusal {
  if (content === undefined) {
    if (!isBareRefusal(outcome)) throw new MalformedError('unknown outcome');
    return { outcome };
  }
  const facts = readMembers(content);
  switch (outcome) {
    case 'OnHold':
      return { outcome, untilMs: facts.integer('until_ms') };
    case 'OverLimit':
      return {
        outcome,
        mint: facts.bytesOrNull('mint', walletLengths.key),
        limit: amountIn(facts, 'limit'),
        spent: amountIn(facts, 'spent'),
        freeAtMs: facts.integer('free_at_ms'),
      };
    case 'NotAllowed':
      return { outcome, why: reasonIn(facts) };
    case 'Cheat':
      return { outcome, identifier: identifierFrom(facts.value('identifier')) };
    case 'TooMany':
      return { outcome, freeAtMs: facts.integer('free_at_ms') };
    case 'TooEarly':
      return { outcome, fromMs: facts.integer('from_ms') };
    default:
      throw new MalformedError('unknown outcome');
  }
}

function isBareRefusal(outcome: string): outcome is BareRefusal {
  return (bareRefusals as readonly string[]).includes(outcome);
}

function reasonIn(facts: Members): NotAllowedReason {
  const reason = notAllowedReasons.find((known) => known === facts.value('why'));
  if (reason === undefined) throw new MalformedError('why: unknown');
  return reason;
}

function walletFrom(value: unknown) {
  if (value === null) return null;
  const members = readMembers(value);
  return {
    publicKey: members.bytes('public_key', walletLengths.key),
    epoch: members.integer('epoch'),
    packageHash: members.bytes('package_hash', walletLengths.hash),
  };
}

function payFrom(value: unknown) {
  if (value === null) return null;
  const members = readMembers(value);
  return { key: members.bytes('key', walletLengths.key), windowMs: members.integer('window_ms') };
}

function exportFrom(value: unknown) {
  if (value === null) return null;
  const members = readMembers(value);
  return { device: members.bytes('device', walletLengths.hash), fromMs: members.integer('from_ms') };
}

function limitsStateIn(members: Members): LimitsState {
  const pending = members.value('pending');
  return {
    limits: limitsFrom(members.value('limits')),
    pending: pending === null ? null : pendingFrom(readMembers(pending)),
  };
}

function pendingFrom(members: Members): NonNullable<LimitsState['pending']> {
  return { limits: limitsFrom(members.value('limits')), fromMs: members.integer('from_ms') };
}
