import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MalformedError } from '../pin/malformed.ts';
import { encodeCbor } from '../pin/wire/cbor.ts';
import { type DeviceFrame, decodeDeviceFrame, encodeDeviceFrame } from './device-frames.ts';
import { decodeServerFrame, encodeServerFrame, type ServerFrame } from './server-frames.ts';

const anyUuid = '1b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
const ids = fc.uuid({ version: 4 });
const idLists = fc.array(ids, { maxLength: 100 });
const numbers = fc.maxSafeNat();
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const bodies = fc.uint8Array({ maxLength: 300 });
const is = <T extends string>(type: T) => fc.constant(type);
const routed = {
  groupId: ids,
  epoch: numbers,
  senderAccount: fc.option(ids),
  senderDevice: fc.option(ids),
  clientMessageId: fc.option(ids),
  sentAtMs: numbers,
  body: bodies,
};

const server: fc.Arbitrary<ServerFrame> = fc.oneof(
  fc.record({ type: is('challenge'), nonce: bytes(32) }),
  fc.record({ type: is('welcome'), keyPackages: numbers }),
  fc.record({ type: is('team'), envelopeId: ids, encapsulatedKey: bytes(32), ciphertext: bodies }),
  fc.record({
    type: is('envelope'),
    envelopeId: ids,
    kind: fc.constantFrom('message' as const, 'commit' as const, 'welcome' as const, 'notice' as const),
    ...routed,
  }),
  fc.record({ type: is('transient'), ...routed }),
  fc.record({ type: is('sent'), id: numbers, sentAtMs: numbers, readd: fc.boolean() }),
  fc.record({ type: is('not_sent'), id: numbers, reason: is('stale_epoch'), epoch: numbers }),
  fc.record({ type: is('not_sent'), id: numbers, reason: is('too_many'), retryAfterMs: numbers }),
  fc.record({
    type: is('not_sent'),
    id: numbers,
    reason: fc.constantFrom('not_a_member' as const, 'no_group' as const, 'too_large' as const),
  }),
  fc.record({ type: is('delivered'), id: fc.option(numbers), clientMessageIds: idLists }),
  fc.record({ type: is('caught_up'), id: numbers }),
);
const device: fc.Arbitrary<DeviceFrame> = fc.oneof(
  fc.record({ type: is('hello'), sessionId: ids, client: fc.string(), signature: bytes(64) }),
  fc.record({
    type: is('send'),
    id: numbers,
    groupId: ids,
    epoch: numbers,
    clientMessageId: ids,
    body: bodies,
    transient: fc.boolean(),
  }),
  fc.record({ type: is('ask_delivered'), id: numbers, clientMessageIds: idLists }),
  fc.record({ type: is('ask_caught_up'), id: numbers }),
  fc.record({ type: is('ack'), envelopeIds: idLists }),
);

test('frames are read back as they were written', () => {
  const plain = (frame: object) => JSON.parse(JSON.stringify(frame));
  fc.assert(
    fc.property(server, (frame) => {
      expect(plain(decodeServerFrame(encodeServerFrame(frame)))).toEqual(plain(frame));
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(device, (frame) => {
      expect(plain(decodeDeviceFrame(encodeDeviceFrame(frame)))).toEqual(plain(frame));
    }),
    { numRuns: 300 },
  );
});

test('a frame that no honest device sends is refused, whatever it is', () => {
  const hello = { type: 'hello', session_id: anyUuid, client: 'web/0.1.0', signature: new Uint8Array(64) };
  const send = {
    type: 'send',
    id: 1,
    group_id: anyUuid,
    epoch: 1,
    client_message_id: anyUuid,
    body: new Uint8Array(3),
    transient: 0,
  };
  const map = (members: object) => encodeCbor(new Map(Object.entries(members)));
  expect(decodeDeviceFrame(map(send))).toMatchObject({ type: 'send', transient: false });
  for (const frame of [
    new Uint8Array(0),
    map({ type: 'push' }),
    map({ ...hello, extra: 1 }),
    map({ ...hello, session_id: 'me' }),
    map({ ...hello, signature: new Uint8Array(63) }),
    map({ ...send, transient: 2 }),
    map({ ...send, body: 'text' }),
    map({ ...send, group_id: null }),
    map({ ...send, sender: anyUuid }),
    map({ type: 'ask_delivered', id: 1, client_message_ids: Array(101).fill(anyUuid) }),
    map({ type: 'ack', envelope_ids: 'all' }),
    map({ type: 'ack', envelope_ids: [1] }),
    map({ type: 'ack', envelope_ids: Array(101).fill(anyUuid) }),
  ])
    expect(() => decodeDeviceFrame(frame)).toThrow(MalformedError);
});

test('whatever comes is a frame or malformed, on either side', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (frame) => {
      for (const decode of [decodeDeviceFrame, decodeServerFrame])
        try {
          expect(decode(frame)).toHaveProperty('type');
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError);
        }
    }),
  );
});
