import type { ChatId, ChatMessage } from '@hexkey/sdk';
import { useRef, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { reportFailure } from '../app/report-failure.ts';

/** What was written and is to be kept by this device. */
export interface Written {
  readonly text: string;
  readonly answered: ChatMessage | null;
}

/**
 * Hands over what was written, one text after another in that order, while the next one is being written already.
 * @param onKept everything that was written is kept
 * @param onRefused what was not, oldest first; `error` says why
 */
export function useOutgoing(
  chatId: ChatId,
  onKept: () => void,
  onRefused: (refused: readonly Written[]) => void,
) {
  const dependencies = useDependencies();
  const { chats } = dependencies.hexkey;
  const [error, setError] = useState<unknown>(null);
  const waiting = useRef<Written[]>([]);

  async function work(): Promise<void> {
    setError(null);
    for (let [next] = waiting.current; next !== undefined; [next] = waiting.current)
      try {
        const { text, answered } = next;
        await chats.send(chatId, { kind: 'text', text, ...(answered && { replyTo: answered.id }) });
        waiting.current.shift();
      } catch (refusal) {
        reportFailure(dependencies, refusal);
        setError(refusal);
        return onRefused(waiting.current.splice(0));
      }
    onKept();
  }

  return {
    error,
    send(written: Written) {
      waiting.current.push(written);
      if (waiting.current.length === 1) void work();
    },
  };
}
