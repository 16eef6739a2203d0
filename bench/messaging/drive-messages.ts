import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { encodeDeviceFrame } from '@hexkey/protocol';
import { type BenchDevice, connectDevice } from './bench-device.ts';
import { type Conversation, conversationsOf, type Town } from './town.ts';

export const bodyBytes = 400;

/** A conversation whose devices are all connected. */
interface Line {
  readonly conversation: Conversation;
  readonly sender: BenchDevice;
  readonly receivers: readonly BenchDevice[];
}

/** Connects everybody of a town, some at a time. */
export async function connectTown(url: string, town: Town): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const conversation of conversationsOf(town))
    lines.push({
      conversation,
      sender: await connectDevice(url, conversation.sender),
      receivers: await Promise.all(conversation.receivers.map((device) => connectDevice(url, device))),
    });
  return lines;
}

export function disconnectTown(lines: readonly Line[]): void {
  for (const { sender, receivers } of lines)
    for (const { socket } of [sender, ...receivers]) socket.removeAllListeners('close').terminate();
}

/**
 * Every sender sends its share as fast as the server takes it, so many at a time on their way. Over when the server has said of each message
 * that every device of the receiver has acked it: sent, pushed, acked and deleted, all of it durable.
 * @returns messages a second
 */
export async function driveThroughput(
  lines: readonly Line[],
  messages: number,
  window: number,
): Promise<number> {
  const share = Math.ceil(messages / lines.length);
  const startedMs = performance.now();
  await Promise.all(lines.map((line) => driveLine(line, share, window)));
  return (share * lines.length * 1000) / (performance.now() - startedMs);
}

function driveLine({ conversation, sender }: Line, share: number, window: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let delivered = 0;
    const sendOne = () => sender.socket.send(aMessage(conversation.groupId, sent++));
    sender.onFrame((frame) => {
      if (frame.type === 'not_sent') return reject(new Error(`a message was not sent: ${frame.reason}`));
      if (frame.type !== 'delivered') return;
      delivered += frame.clientMessageIds.length;
      for (let freed = 0; freed < frame.clientMessageIds.length && sent < share; freed += 1) sendOne();
      if (delivered === share) resolve();
    });
    for (let first = 0; first < Math.min(window, share); first += 1) sendOne();
  });
}

/**
 * Messages at an even pace, each conversation in its turn.
 * @returns milliseconds from each send to its arrival at the receiver's first device
 */
export async function drivePace(
  lines: readonly Line[],
  perSecond: number,
  seconds: number,
): Promise<readonly number[]> {
  const total = perSecond * seconds;
  const sentAtMs = new Map<string, number>();
  const times: number[] = [];
  const arrived = new Promise<void>((resolve) => {
    for (const { receivers } of lines)
      receivers[0]?.onEnvelope(({ clientMessageId }) => {
        times.push(performance.now() - (sentAtMs.get(clientMessageId ?? '') ?? Number.NaN));
        if (times.length === total) resolve();
      });
  });
  const startedMs = performance.now();
  for (let count = 0; count < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - startedMs) * perSecond) / 1000));
    for (; count < due; count += 1) {
      const { conversation, sender } = lines[count % lines.length] as Line;
      const clientMessageId = randomUUID();
      sentAtMs.set(clientMessageId, performance.now());
      sender.socket.send(aMessage(conversation.groupId, count, clientMessageId));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  await arrived;
  return times;
}

/**
 * Messages at an even pace, each conversation in its turn, until the signal fires.
 * @returns messages a second that reached their receivers
 */
export async function keepPace(
  lines: readonly Line[],
  perSecond: number,
  signal: AbortSignal,
): Promise<number> {
  let arrived = 0;
  for (const { receivers } of lines)
    receivers[0]?.onEnvelope(() => {
      arrived += 1;
    });
  const startedMs = performance.now();
  const secondsPassed = () => (performance.now() - startedMs) / 1000;
  for (let count = 0; !signal.aborted; await wait(1))
    for (const due = Math.floor(secondsPassed() * perSecond); count < due; count += 1) {
      const { conversation, sender } = lines[count % lines.length] as Line;
      sender.socket.send(aMessage(conversation.groupId, count));
    }
  return arrived / secondsPassed();
}

/** Encrypted content looks like noise. */
const body = new Uint8Array(randomBytes(bodyBytes));

function aMessage(groupId: string, id: number, clientMessageId: string = randomUUID()): Uint8Array {
  return encodeDeviceFrame({ type: 'send', id, groupId, epoch: 1, clientMessageId, body, transient: false });
}
