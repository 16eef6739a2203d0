import type { EnvelopePush } from '@hexkey/protocol';
import { expect, test } from 'vitest';
import { fanOut } from './fan-out.ts';

function world() {
  const heard: string[] = [];
  const hand = fanOut((deviceId) =>
    deviceId === 'away'
      ? undefined
      : {
          offer: (push) => heard.push(`${deviceId} offered ${push.envelopeId}`),
          look: () => heard.push(`${deviceId} looks`),
          tell: (frame) => heard.push(`${deviceId} told ${frame.type}`),
        },
  );
  const batch = (from: number, to: number, ...deviceIds: string[]) => {
    heard.length = 0;
    const push = { type: 'envelope', envelopeId: `e${to}`, groupId: 'g' } as EnvelopePush;
    hand({
      outgoing: deviceIds.map((deviceId) => ({ deviceId, push })),
      progress: [{ groupId: 'g', from, to, devices: ['ana', 'bob', 'away'] }],
      delivered: [],
    });
    return [...heard];
  };
  return { heard, hand, batch };
}

test('an envelope goes out from memory only when this process has seen the one before it; else the whole group looks', () => {
  const { batch } = world();
  // The first after a start: somebody else may have queued before.
  expect(batch(4, 5, 'bob')).toEqual(['ana looks', 'bob looks']);
  expect(batch(5, 6, 'bob')).toEqual(['bob offered e6']);
  // Another process, or a commit over HTTP, took 7: also who gets nothing now may have it waiting.
  expect(batch(7, 8, 'bob')).toEqual(['ana looks', 'bob looks']);
  expect(batch(8, 10, 'ana', 'bob')).toEqual(['ana offered e10', 'bob offered e10']);
});

test('what is delivered is told to its sender, a hundred in a frame', () => {
  const { hand, heard } = world();
  const delivered = [...Array(101).keys()].map((number) => ({
    sender_device_id: 'ana',
    client_message_id: String(number),
  }));
  hand({
    outgoing: [],
    progress: [],
    delivered: [...delivered, { sender_device_id: 'away', client_message_id: 'x' }],
  });
  expect(heard).toEqual(['ana told delivered', 'ana told delivered']);
});
