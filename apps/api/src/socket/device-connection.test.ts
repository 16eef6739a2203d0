import { EventEmitter } from 'node:events';
import { fixedClock } from '@hexkey/testing';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { type ConnectionDeps, serveDevice } from './device-connection.ts';
import { deviceBudget } from './send-budget.ts';

const one = { max: 1, windowMs: 1000 };
const typing = {
  type: 'transient' as const,
  groupId: '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e',
  kind: 'message' as const,
  epoch: 1,
  senderAccount: null,
  senderDevice: null,
  clientMessageId: null,
  sentAtMs: 1,
  body: new Uint8Array(40_000),
};

/** A socket whose other end reads when the test says so, and its connection before the hello. */
function stalled() {
  const unread: { readonly bytes: number; readonly done: () => void }[] = [];
  const state = { isPaused: false, isTerminated: false };
  class Stalled extends EventEmitter {
    readonly readyState = 1;
    readonly OPEN = 1;
    get bufferedAmount() {
      return unread.reduce((sum, { bytes }) => sum + bytes, 0);
    }
    get isPaused() {
      return state.isPaused;
    }
    readonly pause = () => Object.assign(state, { isPaused: true });
    readonly resume = () => Object.assign(state, { isPaused: false });
    readonly send = (bytes: Uint8Array, done: () => void) => unread.push({ bytes: bytes.length, done });
    readonly ping = () => undefined;
    readonly terminate = () => Object.assign(state, { isTerminated: true });
  }
  const fake = new Stalled();
  const clock = fixedClock('2030-01-01');
  const deps = { clock, random: (length: number) => new Uint8Array(length), stores: {}, log: {} };
  const connection = serveDevice(deps as unknown as ConnectionDeps, fake as unknown as WebSocket, {
    helloTimeoutMs: 1_000_000,
    onReady: () => undefined,
    together: () => undefined,
    budgetOf: () => deviceBudget(clock, { sends: one, bytes: one, questions: one }),
  });
  return {
    connection,
    state,
    buffered: () => fake.bufferedAmount,
    read: (frames: number) => {
      for (const { done } of unread.splice(0, frames)) done();
    },
    end: () => fake.emit('close'),
  };
}

test('what is kept nowhere does not pile up for a device that does not read, and it is not read until it does', () => {
  const { connection, state, buffered, read, end } = stalled();
  for (let sent = 0; sent < 1000; sent += 1) connection.tell(typing);
  expect(buffered()).toBeLessThan(1_048_576 + 80_000);
  expect(state.isPaused).toBe(true);
  read(5);
  expect(state.isPaused).toBe(false);
  const before = buffered();
  connection.tell(typing);
  expect(buffered()).toBeGreaterThan(before);
  end();
});

test('a device that takes nothing between two beats is given up; one that is slow is not', () => {
  const { connection, state, read, end } = stalled();
  for (let sent = 0; sent < 100; sent += 1) connection.tell(typing);
  for (let beats = 0; beats < 3; beats += 1) {
    read(1);
    connection.tell(typing);
    connection.beat();
    expect(state.isTerminated).toBe(false);
  }
  connection.beat();
  expect(state.isTerminated).toBe(true);
  end();
});
