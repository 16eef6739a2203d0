import { MalformedError } from '../pin/malformed.ts';
import { type CborMap, cborMap } from '../pin/wire/cbor.ts';
import type { Members } from '../pin/wire/members.ts';
import { bytesOf, uuidOf, uuidOrNull } from './frame-values.ts';

/** `notice`: the server's word about its own tables (`GroupNotice`); the others are MLSMessages (RFC 9420 section 6). */
export type EnvelopeKind = 'message' | 'commit' | 'welcome' | 'notice';

interface Routed {
  readonly groupId: string;
  /** The epoch a message or commit was made in; for a welcome the one it leads to, for a notice the group's. */
  readonly epoch: number;
  /** Null for a notice. */
  readonly senderAccount: string | null;
  /** Session id of the sending device; null for a notice. */
  readonly senderDevice: string | null;
  /** A welcome has that of its commit; null for a notice. */
  readonly clientMessageId: string | null;
  readonly sentAtMs: number;
  readonly body: Uint8Array;
}

/** One envelope that waits for this device until it is acked. */
export interface EnvelopePush extends Routed {
  readonly type: 'envelope';
  readonly envelopeId: string;
  readonly kind: EnvelopeKind;
}

/** A message that is for now only; not acked. */
export interface TransientPush extends Routed {
  readonly type: 'transient';
}

export function envelopeMap(push: EnvelopePush | TransientPush): CborMap {
  return cborMap({
    type: push.type,
    envelope_id: push.type === 'envelope' ? push.envelopeId : undefined,
    group_id: push.groupId,
    kind: push.type === 'envelope' ? push.kind : 'message',
    epoch: push.epoch,
    sender_account: push.senderAccount,
    sender_device: push.senderDevice,
    client_message_id: push.clientMessageId,
    sent_at_ms: push.sentAtMs,
    body: push.body,
  });
}

/** @throws {MalformedError} */
export function readEnvelope(type: 'envelope' | 'transient', members: Members): EnvelopePush | TransientPush {
  const routed: Routed = {
    groupId: uuidOf(members.value('group_id')),
    epoch: members.integer('epoch'),
    senderAccount: uuidOrNull(members.value('sender_account')),
    senderDevice: uuidOrNull(members.value('sender_device')),
    clientMessageId: uuidOrNull(members.value('client_message_id')),
    sentAtMs: members.integer('sent_at_ms'),
    body: bytesOf(members, 'body'),
  };
  if (type === 'transient') return { type, ...routed };
  return { type, envelopeId: uuidOf(members.value('envelope_id')), kind: kindOf(members), ...routed };
}

function kindOf(members: Members): EnvelopeKind {
  const kind = members.text('kind');
  if (kind === 'message' || kind === 'commit' || kind === 'welcome' || kind === 'notice') return kind;
  throw new MalformedError('kind: unknown');
}
