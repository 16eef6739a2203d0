import { MalformedError } from '../pin/malformed.ts';
import { type CborMap, cborMap, decodeCbor, encodeCbor } from '../pin/wire/cbor.ts';
import { readMembers } from '../pin/wire/members.ts';
import { bytesOf, flagOf, uuidOf, uuidsOf } from './frame-values.ts';

/** An encrypted message for a group. */
export interface SendFrame {
  readonly type: 'send';
  /** Chosen by the device for this connection; the answer carries it. */
  readonly id: number;
  readonly groupId: string;
  /** The epoch it is encrypted in. */
  readonly epoch: number;
  /** UUID text: the same again is the same message. */
  readonly clientMessageId: string;
  /** MLSMessage with a PrivateMessage (RFC 9420 section 6.3), at most `messageLimitBytes`. */
  readonly body: Uint8Array;
  /** Only to devices that are connected; kept nowhere. */
  readonly transient: boolean;
}

/** What a device sends. */
export type DeviceFrame =
  | {
      readonly type: 'hello';
      readonly sessionId: string;
      /** Value of `Hexkey-Client`, for example `web/0.1.0`. */
      readonly client: string;
      readonly signature: Uint8Array;
    }
  | SendFrame
  | { readonly type: 'ask_delivered'; readonly id: number; readonly clientMessageIds: readonly string[] }
  /** When everything that waits now was sent here and acked. */
  | { readonly type: 'ask_caught_up'; readonly id: number }
  | { readonly type: 'ack'; readonly envelopeIds: readonly string[] };

/** A longer message is answered with `not_sent`; a much longer frame ends the connection. */
export const messageLimitBytes = 64 * 1024;

export function encodeDeviceFrame(frame: DeviceFrame): Uint8Array<ArrayBuffer> {
  return encodeCbor(deviceMap(frame));
}

function deviceMap(frame: DeviceFrame): CborMap {
  const { type } = frame;
  switch (frame.type) {
    case 'hello':
      return cborMap({
        type,
        session_id: frame.sessionId,
        client: frame.client,
        signature: frame.signature,
      });
    case 'send':
      return cborMap({
        type,
        id: frame.id,
        group_id: frame.groupId,
        epoch: frame.epoch,
        client_message_id: frame.clientMessageId,
        body: frame.body,
        transient: frame.transient ? 1 : 0,
      });
    case 'ask_delivered':
      return cborMap({ type, id: frame.id, client_message_ids: frame.clientMessageIds });
    case 'ask_caught_up':
      return cborMap({ type, id: frame.id });
    case 'ack':
      return cborMap({ type, envelope_ids: frame.envelopeIds });
  }
}

/** @throws {MalformedError} anything that `encodeDeviceFrame` does not write */
export function decodeDeviceFrame(bytes: Uint8Array): DeviceFrame {
  const value = decodeCbor(bytes);
  const type = readMembers(value).text('type');
  switch (type) {
    case 'hello': {
      const members = readMembers(value, ['type', 'session_id', 'client', 'signature']);
      return {
        type,
        sessionId: uuidOf(members.text('session_id')),
        client: members.text('client'),
        signature: members.bytes('signature', 64),
      };
    }
    case 'send': {
      const members = readMembers(value, [
        'type',
        'id',
        'group_id',
        'epoch',
        'client_message_id',
        'body',
        'transient',
      ]);
      return {
        type,
        id: members.integer('id'),
        groupId: uuidOf(members.value('group_id')),
        epoch: members.integer('epoch'),
        clientMessageId: uuidOf(members.value('client_message_id')),
        body: bytesOf(members, 'body'),
        transient: flagOf(members, 'transient'),
      };
    }
    case 'ask_delivered': {
      const members = readMembers(value, ['type', 'id', 'client_message_ids']);
      return { type, id: members.integer('id'), clientMessageIds: uuidsOf(members, 'client_message_ids') };
    }
    case 'ask_caught_up':
      return { type, id: readMembers(value, ['type', 'id']).integer('id') };
    case 'ack':
      return { type, envelopeIds: uuidsOf(readMembers(value, ['type', 'envelope_ids']), 'envelope_ids') };
    default:
      throw new MalformedError('type: unknown frame');
  }
}
