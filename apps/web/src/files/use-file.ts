import type { ChatId, FileProgress } from '@hexkey/sdk';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { type Operation, useOperation } from '../app/use-operation.ts';

/** A file of a message: how far it is on its way, and the way to what it holds. */
export function useFile(
  chatId: ChatId,
  messageId: string,
  mediaType: string,
): {
  readonly progress: FileProgress | null;
  /** An address of this page alone; null until it was opened. */
  readonly url: string | null;
  readonly open: Operation<void>;
  /** Stops fetching; what came stays. */
  readonly stop: () => void;
} {
  const { chats } = useDependencies().hexkey;
  const [url, setUrl] = useState<string | null>(null);
  const fetching = useRef<AbortController | null>(null);
  const progress = useSyncExternalStore(
    useCallback((listener: () => void) => chats.subscribe(listener), [chats]),
    () => chats.progressOf(messageId),
  );
  const open = useOperation(async () => {
    fetching.current = new AbortController();
    const bytes = await chats.openFile(chatId, messageId, fetching.current.signal);
    setUrl(URL.createObjectURL(new Blob([bytes], { type: mediaType })));
  });
  useEffect(() => () => (url === null ? undefined : URL.revokeObjectURL(url)), [url]);
  useEffect(() => () => fetching.current?.abort(), []);
  const stop = useCallback(() => fetching.current?.abort(), []);
  return { progress, url, open, stop };
}
