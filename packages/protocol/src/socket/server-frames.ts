import { MalformedError } from '../pin/malformed.ts';
import { type CborMap, cborMap, decodeCbor, encodeCbor } from '../pin/wire/cbor.ts';
import { readMembers } from '../pin/wire/members.ts';
import { type EnvelopePush, envelopeMap, readEnvelope, type TransientPush } from './envelope-frames.ts';
import { bytesOf, flagOf, uuidOf, uuidsOf } from './frame-values.ts';

/** What the server sends. */
export type ServerFrame =
  | { readonly type: 'challenge'; readonly nonce: Uint8Array }
  | {
      readonly type: 'welcome';
      /** How many one-time key packages of this device the server still has. */
      readonly keyPackages: number;
    }
  | TeamPush
  | EnvelopePush
  | TransientPush
  | {
      readonly type: 'sent';
      readonly id: number;
      readonly sentAtMs: number;
      /** Of a direct conversation: its other side was refused before and may be added again. */
      readonly readd: boolean;
    }
  | NotSent
  | {
      readonly type: 'delivered';
      /** Of the question; null for news. */
      readonly id: number | null;
      readonly clientMessageIds: readonly string[];
    }
  /** What waited when the question came is out of the queue. */
  | { readonly type: 'caught_up'; readonly id: number };

/** One message of Team Hexkey that waits for this device, sealed to it. */
export interface TeamPush {
  readonly type: 'team';
  /** UUID text: what `ack` names. */
  readonly envelopeId: string;
  /** RFC 9180 `enc`, 32 bytes. */
  readonly encapsulatedKey: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export type NotSent = { readonly type: 'not_sent'; readonly id: number } & (
  | { readonly reason: 'stale_epoch'; readonly epoch: number }
  | { readonly reason: 'too_many'; readonly retryAfterMs: number }
  | { readonly reason: 'not_a_member' | 'no_group' | 'too_large' }
);

export function encodeServerFrame(frame: ServerFrame): Uint8Array<ArrayBuffer> {
  return encodeCbor(serverMap(frame));
}

function serverMap(frame: ServerFrame): CborMap {
  const { type } = frame;
  switch (frame.type) {
    case 'challenge':
      return cborMap({ type, nonce: frame.nonce });
    case 'welcome':
      return cborMap({ type, key_packages: frame.keyPackages });
    case 'team':
      return cborMap({
        type,
        envelope_id: frame.envelopeId,
        encapsulated_key: frame.encapsulatedKey,
        ciphertext: frame.ciphertext,
      });
    case 'envelope':
    case 'transient':
      return envelopeMap(frame);
    case 'sent':
      return cborMap({ type, id: frame.id, sent_at_ms: frame.sentAtMs, readd: frame.readd ? 1 : 0 });
    case 'not_sent':
      return cborMap({
        type,
        id: frame.id,
        reason: frame.reason,
        epoch: frame.reason === 'stale_epoch' ? frame.epoch : undefined,
        retry_after_ms: frame.reason === 'too_many' ? frame.retryAfterMs : undefined,
      });
    case 'delivered':
      return cborMap({ type, id: frame.id, client_message_ids: frame.clientMessageIds });
    case 'caught_up':
      return cborMap({ type, id: frame.id });
  }
}

/** Lenient about members it does not know, so that an older client understands a newer server. @throws {MalformedError} */
export function decodeServerFrame(bytes: Uint8Array): ServerFrame {
  const members = readMembers(decodeCbor(bytes));
  const type = members.text('type');
  switch (type) {
    case 'challenge':
      return { type, nonce: members.bytes('nonce', 32) };
    case 'welcome':
      return { type, keyPackages: members.integer('key_packages') };
    case 'team':
      return {
        type,
        envelopeId: uuidOf(members.value('envelope_id')),
        encapsulatedKey: members.bytes('encapsulated_key', 32),
        ciphertext: bytesOf(members, 'ciphertext'),
      };
    case 'envelope':
    case 'transient':
      return readEnvelope(type, members);
    case 'sent':
      return {
        type,
        id: members.integer('id'),
        sentAtMs: members.integer('sent_at_ms'),
        readd: flagOf(members, 'readd'),
      };
    case 'not_sent': {
      const id = members.integer('id');
      const reason = members.text('reason');
      if (reason === 'stale_epoch') return { type, id, reason, epoch: members.integer('epoch') };
      if (reason === 'too_many') return { type, id, reason, retryAfterMs: members.integer('retry_after_ms') };
      if (reason === 'not_a_member' || reason === 'no_group' || reason === 'too_large')
        return { type, id, reason };
      throw new MalformedError('reason: unknown');
    }
    case 'delivered':
      return {
        type,
        id: members.integerOrNull('id'),
        clientMessageIds: uuidsOf(members, 'client_message_ids'),
      };
    case 'caught_up':
      return { type, id: members.integer('id') };
    default:
      throw new MalformedError('type: unknown frame');
  }
}
