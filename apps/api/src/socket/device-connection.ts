import {
  type DeviceFrame,
  decodeDeviceFrame,
  encodeServerFrame,
  MalformedError,
  messageLimitBytes,
  type SendFrame,
  type ServerFrame,
  socketCloseCodes,
} from '@hexkey/protocol';
import type { RawData, WebSocket } from 'ws';
import type { DeliveryService } from '../delivery/delivery-service.ts';
import type { Listener } from '../delivery/fan-out.ts';
import type { SendVerdict } from '../delivery/take-sends.ts';
import type { Deps } from '../deps.ts';
import { noteSeen } from '../sessions/note-seen.ts';
import { framesOf } from '../stack-frames.ts';
import { admitHello } from './admit-hello.ts';
import { pushWindow } from './push-window.ts';
import { readQueues } from './read-queues.ts';
import type { DeviceBudget } from './send-budget.ts';

export type ConnectionDeps = Pick<Deps, 'clock' | 'random' | 'stores' | 'log' | 'minimumClientVersion'> & {
  readonly delivery: DeliveryService;
};

/** One open socket. */
export interface DeviceConnection extends Listener {
  /** Asks whether somebody is still there; drops who did not answer the last time, or whose session has ended. */
  beat(): void;
  close(code: number): void;
}

/** Requests of one device that wait for their answers: beyond, its socket is not read until half of them are answered. */
const maxPending = 64;
/** Bytes that wait for a device to read them: beyond, it is not read either, so that no answers add to them, and what is kept nowhere is dropped. */
const maxBufferedBytes = 1_048_576;
/** What was read before the pause took hold is bounded too. */
const maxOverrun = 4096;
/** Sends after `too_many` that a client may need to notice. */
const maxIgnoredRefusals = 200;

/**
 * Talks to one device (docs/protocol/team-hexkey.md section 3, messaging.md section 4). Frames are taken up one after another; sends and acks go into
 * the batches of the delivery service in that order, and are answered when they are durable.
 * @param onReady the device has said who it is
 */
export function serveDevice(
  deps: ConnectionDeps,
  socket: WebSocket,
  given: {
    readonly helloTimeoutMs: number;
    readonly onReady: (sessionId: string) => void;
    readonly budgetOf: (sessionId: string) => DeviceBudget;
    /** Told before each frame that is sent. */
    readonly together: () => void;
  },
): DeviceConnection {
  const { clock, stores, log, delivery } = deps;
  const nonce = deps.random(32);
  let sessionId: string | null = null;
  let answersPings = true;
  let last: Promise<void> = Promise.resolve();
  let pending = 0;
  let ignoredRefusals = 0;
  /** Frames that have left this process, now and at the last beat. */
  let written = 0;
  let writtenBefore = 0;

  const isChoked = () => socket.bufferedAmount > maxBufferedBytes;
  /** Reads while there is room for requests and for their answers. */
  const flow = () => {
    if ((pending >= maxPending || isChoked()) && !socket.isPaused) socket.pause();
    if (pending <= maxPending / 2 && !isChoked() && socket.isPaused) socket.resume();
  };
  const send = (frame: ServerFrame) => {
    if (socket.readyState !== socket.OPEN) return;
    given.together();
    socket.send(encodeServerFrame(frame), () => {
      written += 1;
      flow();
    });
    flow();
  };
  const fail = (error: Error) => {
    if (error instanceof MalformedError) return socket.close(socketCloseCodes.malformed);
    log.error({ name: error.name, frames: framesOf(error) }, 'unexpected error on a socket');
    socket.close(1011);
  };
  const inTurn = (work: () => Promise<void> | void) => {
    last = last.then(work).catch(fail);
  };
  /** Counts a request from its arrival to its answer, and stops reading while there are too many. */
  const count = (change: 1 | -1) => {
    pending += change;
    flow();
    if (pending > maxOverrun) socket.close(socketCloseCodes.flooded);
  };
  const answering = (work: Promise<void>) => {
    count(1);
    void work.catch(fail).finally(() => count(-1));
  };
  const window = pushWindow({
    send,
    bufferedBytes: () => socket.bufferedAmount,
    read: (without, limit) =>
      sessionId === null || socket.readyState !== socket.OPEN
        ? Promise.resolve([])
        : readQueues(deps, sessionId, without, limit),
    onError: fail,
  });

  const answerSend = async (deviceId: string, frame: SendFrame) => {
    const { id } = frame;
    if (frame.body.length > messageLimitBytes) return send({ type: 'not_sent', id, reason: 'too_large' });
    const retryAfterMs = given.budgetOf(deviceId).send(frame.body.length);
    if (retryAfterMs !== null) {
      ignoredRefusals += 1;
      if (ignoredRefusals > maxIgnoredRefusals) return socket.close(socketCloseCodes.flooded);
      return send({ type: 'not_sent', id, reason: 'too_many', retryAfterMs });
    }
    ignoredRefusals = 0;
    send(verdictFrame(id, await delivery.send({ deviceId, frame })));
  };
  const askTooMuch = (deviceId: string) => given.budgetOf(deviceId).ask() !== null;
  const answerAsked = async (deviceId: string, id: number, asked: readonly string[]) => {
    if (askTooMuch(deviceId)) return socket.close(socketCloseCodes.flooded);
    const clientMessageIds = await stores.sentIds.delivered(deviceId, asked, clock.now());
    send({ type: 'delivered', id, clientMessageIds });
  };
  const answerCaughtUp = async (deviceId: string, id: number) => {
    if (askTooMuch(deviceId)) return socket.close(socketCloseCodes.flooded);
    // Not counted as a request that waits: it ends with acks, which have to be read.
    void window.caughtUp().then(() => send({ type: 'caught_up', id }));
  };
  const takeAck = async (deviceId: string, ids: readonly string[]) => {
    // What was pushed is acked once; anything else is a question to the database.
    const isStrange = !ids.every((id) => window.isInFlight(id));
    if (isStrange && askTooMuch(deviceId)) return socket.close(socketCloseCodes.flooded);
    await delivery.ack(deviceId, ids);
    window.acked(ids);
  };
  const hello = async (frame: Extract<DeviceFrame, { type: 'hello' }>) => {
    const refusal = await admitHello(deps, nonce, frame);
    if (refusal !== null) return socket.close(refusal);
    clearTimeout(helloTimer);
    sessionId = frame.sessionId;
    await stores.pushSubscriptions.connected(sessionId);
    send({ type: 'welcome', keyPackages: await stores.keyPackages.count(sessionId, clock.now()) });
    given.onReady(sessionId);
    window.look();
  };
  const receive = async (data: RawData, isBinary: boolean) => {
    // What came before the close is over with it.
    if (socket.readyState !== socket.OPEN) return;
    if (!isBinary) throw new MalformedError('not a binary frame');
    const frame = decodeDeviceFrame(new Uint8Array(data as Buffer));
    if (frame.type === 'hello') {
      if (sessionId !== null) throw new MalformedError('a second hello');
      return hello(frame);
    }
    if (sessionId === null) throw new MalformedError('out of order');
    if (frame.type === 'send') answering(answerSend(sessionId, frame));
    else if (frame.type === 'ack') answering(takeAck(sessionId, frame.envelopeIds));
    else if (frame.type === 'ask_caught_up') answering(answerCaughtUp(sessionId, frame.id));
    else answering(answerAsked(sessionId, frame.id, frame.clientMessageIds));
  };
  const checkSession = async () => {
    if (sessionId === null) return;
    const session = await stores.sessions.get(sessionId);
    if (session === null) return socket.close(socketCloseCodes.sessionEnded);
    // An open socket is a device in use, also when it asks for nothing; where it is stays what its last request showed.
    await noteSeen(deps, session, session.last_place ?? 'unknown');
    // Another instance may have queued something that nobody woke us for.
    window.look();
  };

  const helloTimer = setTimeout(() => socket.close(socketCloseCodes.helloTimeout), given.helloTimeoutMs);
  socket.on('close', () => clearTimeout(helloTimer));
  // Broken framing, a frame over the limit, a reset: the library closes; there is nobody to answer.
  socket.on('error', () => socket.terminate());
  socket.on('pong', () => {
    answersPings = true;
  });
  socket.on('message', (data, isBinary) => {
    count(1);
    inTurn(async () => {
      await receive(data, isBinary).finally(() => count(-1));
    });
  });
  send({ type: 'challenge', nonce });
  return {
    offer: (push) => window.offer(push),
    look: () => window.look(),
    // What is kept nowhere does not pile up: the device asks for what was delivered at its next connection.
    tell: (frame) => {
      if (!isChoked()) send(frame);
    },
    beat() {
      // A socket that we do not read cannot answer; one that takes nothing either is gone.
      const isStuck = isChoked() && written === writtenBefore;
      writtenBefore = written;
      if (isStuck || (!answersPings && !socket.isPaused)) return socket.terminate();
      answersPings = false;
      socket.ping();
      inTurn(checkSession);
    },
    close: (code) => socket.close(code),
  };
}

function verdictFrame(id: number, verdict: SendVerdict): ServerFrame {
  switch (verdict.is) {
    case 'sent':
      return { type: 'sent', id, sentAtMs: verdict.sentAtMs, readd: verdict.readd };
    case 'stale_epoch':
      return { type: 'not_sent', id, reason: verdict.is, epoch: verdict.epoch };
    default:
      return { type: 'not_sent', id, reason: verdict.is };
  }
}
