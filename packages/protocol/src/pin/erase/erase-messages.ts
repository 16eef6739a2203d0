import { MalformedError } from '../malformed.ts';
import { formatNodeUser, type NodeUser, parseNodeUser } from '../node-proof.ts';
import { cborMap, decodeCbor, decodeVariant, encodeCbor } from '../wire/cbor.ts';
import { readMembers } from '../wire/members.ts';
import { pinLengths } from '../wire/registration.ts';
import type { EraseOrder, EraseWithdrawal } from './erase-order.ts';

/**
 * Everything that is POSTed to `{address}erase` (docs/protocol/pin-node.md section 11). Nobody says who sends it: the owner's signature
 * inside is all that counts, so whoever was given it may deliver it.
 */
export type EraseRequest = { readonly user: NodeUser } & (
  | { readonly kind: 'Erase'; readonly order: EraseOrder }
  | { readonly kind: 'WithdrawErase'; readonly withdrawal: EraseWithdrawal }
);

/**
 * `Ok` to `Erase`: nothing of the account is here, whether it was erased now or before. `NotYet`: its day has not come. `Withdrawn`: the owner
 * took it back. `Refused`: the PIN-auth key of the record here did not sign it.
 */
export interface EraseOutcomes {
  readonly Erase: 'Ok' | 'NotYet' | 'Withdrawn' | 'Refused';
  readonly WithdrawErase: 'Ok' | 'Refused';
}
type Kind = keyof EraseOutcomes;
export type EraseAnswer = {
  [K in Kind]: { readonly kind: K; readonly outcome: EraseOutcomes[K] };
}[Kind];

export const maxEraseRequestBytes = 1024;

export function encodeEraseRequest(request: EraseRequest): Uint8Array<ArrayBuffer> {
  const user = formatNodeUser(request.user);
  if (request.kind === 'Erase') {
    const { effectiveAtMs, sequence, signature } = request.order;
    const content = cborMap({ user, effective_at_ms: effectiveAtMs, sequence, signature });
    return encodeCbor(new Map([[request.kind, content]]));
  }
  const { sequence, signature } = request.withdrawal;
  return encodeCbor(new Map([[request.kind, cborMap({ user, sequence, signature })]]));
}

/** @throws {MalformedError} */
export function decodeEraseRequest(bytes: Uint8Array): EraseRequest {
  const { tag, content } = decodeVariant(decodeCbor(bytes));
  if (tag !== 'Erase' && tag !== 'WithdrawErase') throw new MalformedError('unknown request');
  const names = ['user', 'sequence', 'signature'];
  const members = readMembers(content, tag === 'Erase' ? [...names, 'effective_at_ms'] : names);
  const user = parseNodeUser(members.text('user'));
  const sequence = members.integer('sequence');
  const signature = members.bytes('signature', pinLengths.signature);
  if (tag === 'WithdrawErase') return { kind: tag, user, withdrawal: { sequence, signature } };
  const effectiveAtMs = members.integer('effective_at_ms');
  return { kind: tag, user, order: { effectiveAtMs, sequence, signature } };
}

export function encodeEraseAnswer({ kind, outcome }: EraseAnswer): Uint8Array<ArrayBuffer> {
  return encodeCbor(new Map([[kind, outcome]]));
}

const outcomes: { readonly [K in Kind]: readonly EraseOutcomes[K][] } = {
  Erase: ['Ok', 'NotYet', 'Withdrawn', 'Refused'],
  WithdrawErase: ['Ok', 'Refused'],
};

/** @throws {MalformedError} */
export function decodeEraseAnswer<K extends Kind>(bytes: Uint8Array, kind: K): EraseOutcomes[K] {
  const { tag, content } = decodeVariant(decodeCbor(bytes));
  if (tag !== kind) throw new MalformedError('answer to another request');
  const outcome = outcomes[kind].find((known) => known === content);
  if (outcome === undefined) throw new MalformedError('unknown outcome');
  return outcome;
}
