import type { ChatId } from '@hexkey/sdk';
import { useParams } from '@tanstack/react-router';

/** The conversation that the address names. */
export function useChatId(): ChatId {
  const { chatId } = useParams({ strict: false }) as { readonly chatId?: ChatId };
  if (chatId === undefined) throw new Error('outside of /chats/$chatId');
  return chatId;
}
