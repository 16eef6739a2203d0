import type { ChatId, FileProgress } from '../chats.ts';

/** Files that this page sends or fetches right now, for screens that ask without waiting. */
export interface Transfers {
  of(messageId: string): FileProgress | null;
  /** Null: it is over. */
  note(chatId: ChatId, messageId: string, progress: FileProgress | null): void;
}

export function createTransfers(changed: (chatId: ChatId) => void): Transfers {
  const running = new Map<string, FileProgress>();
  return {
    of: (messageId) => running.get(messageId) ?? null,
    note(chatId, messageId, progress) {
      if (progress === null) running.delete(messageId);
      else running.set(messageId, progress);
      changed(chatId);
    },
  };
}
