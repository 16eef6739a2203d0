import type { ChatSummary } from '@hexkey/sdk';
import { useEffect, useSyncExternalStore } from 'react';
import { useChatDeed } from '../chats/use-chats.ts';

/** What is on a page that somebody looks at has been read, also what comes while they do. */
export function useMarkRead({ chatId, unread }: ChatSummary, isShown: boolean): void {
  const isLookedAt = useSyncExternalStore(subscribe, () => document.visibilityState === 'visible');
  const { run } = useChatDeed((chats, id: string) => chats.markRead(id));
  useEffect(() => {
    if (isShown && isLookedAt && unread > 0) void run(chatId);
  }, [isShown, isLookedAt, unread, chatId, run]);
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
