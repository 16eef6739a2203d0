import type { Clock } from '@hexkey/protocol';

/** An SMS that was not sent. Holds a phone number and a code: it lives in memory only, and never in a log. */
export interface Message {
  readonly to: string;
  readonly text: string;
  readonly locale: string;
  readonly purpose: string;
  readonly atMs: number;
}

/** The last messages, newest first. */
export interface Messages {
  add(message: Omit<Message, 'atMs'>): void;
  list(): readonly Message[];
}

/** @param capacity older messages are forgotten */
export function memoryMessages(clock: Clock, capacity: number): Messages {
  let messages: readonly Message[] = [];
  return {
    add: (message) => {
      messages = [{ ...message, atMs: clock.now() }, ...messages].slice(0, capacity);
    },
    list: () => messages,
  };
}
