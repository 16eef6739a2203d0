import { DomainError } from '@hexkey/contract';
import type { DeviceFrame, SendFrame, ServerFrame } from '@hexkey/protocol';

/** Answers of the server to what this device asked. */
export type Answer = Extract<ServerFrame, { readonly type: 'sent' | 'not_sent' | 'delivered' | 'caught_up' }>;
type Question = SendFrame | Extract<DeviceFrame, { readonly type: 'ask_delivered' | 'ask_caught_up' }>;
type WithoutId<Q> = Q extends Question ? Omit<Q, 'id'> : never;

/** Questions over whatever connection there is. */
export interface Wire {
  readonly isLive: () => boolean;
  /**
   * @param take what to do with the answer; frames that come after it wait until it is done
   * @throws {DomainError} `Offline` without a connection, or when it ended first: whether it arrived is not known
   */
  ask<T>(question: WithoutId<Question>, take: (answer: Answer) => Promise<T>): Promise<T>;
  send(frame: DeviceFrame): void;
}

/** The side that the connection holds. */
export interface WireEnd extends Wire {
  attach(send: (frame: DeviceFrame) => void): void;
  detach(): void;
  /** Resolves once the answer has been taken. */
  answer(answer: Answer): Promise<void>;
}

export function createWire(): WireEnd {
  let connection: ((frame: DeviceFrame) => void) | null = null;
  let questions = 0;
  const waiting = new Map<number, { take(answer: Answer): Promise<void>; giveUp(): void }>();
  const offline = () => new DomainError('Offline', {});
  return {
    isLive: () => connection !== null,
    ask: (question, take) =>
      new Promise((resolve, reject) => {
        if (connection === null) return reject(offline());
        questions += 1;
        waiting.set(questions, {
          take: (answer) => take(answer).then(resolve, reject),
          giveUp: () => reject(offline()),
        });
        connection({ ...question, id: questions });
      }),
    send: (frame) => connection?.(frame),
    attach(send) {
      connection = send;
    },
    detach() {
      connection = null;
      for (const { giveUp } of waiting.values()) giveUp();
      waiting.clear();
    },
    async answer(answer) {
      if (answer.id === null) return;
      const question = waiting.get(answer.id);
      waiting.delete(answer.id);
      await question?.take(answer);
    },
  };
}
