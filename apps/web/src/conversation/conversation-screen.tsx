import type { ChatMessage, ChatSummary } from '@hexkey/sdk';
import { useEffect, useState } from 'react';
import { useChatId } from '../chats/use-chat-id.ts';
import { useChat } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { useIsDisconnected } from '../team-hexkey/use-team-hexkey.ts';
import { Waiting } from '../ui/waiting.tsx';
import { Composer } from './composer.tsx';
import { ConversationGone } from './conversation-gone.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { MessagePages } from './message-pages.tsx';
import { ObstacleNotice } from './obstacle-notice.tsx';
import { RequestNotice } from './request-notice.tsx';

/** /chats/$chatId: what was said, and what is said next. */
export function ConversationScreen() {
  const chatId = useChatId();
  return <Conversation key={chatId} chatId={chatId} />;
}

function Conversation({ chatId }: { chatId: string }) {
  const t = useT();
  const chat = useChat(chatId);
  if (chat.isError) return <ConversationGone error={chat.error} retry={() => void chat.refetch()} />;
  // What was kept from an earlier visit does not know what is unread now.
  if (!chat.data || !chat.isFetchedAfterMount)
    return (
      <main className="flex h-full flex-col justify-center">
        <h1 className="sr-only">{t('chat.title')}</h1>
        <Waiting>{t('chat.loading')}</Waiting>
      </main>
    );
  return <OpenConversation chat={chat.data} />;
}

function OpenConversation({ chat }: { chat: ChatSummary }) {
  const t = useT();
  const isDisconnected = useIsDisconnected();
  const [answered, setAnswered] = useState<ChatMessage | null>(null);
  useArrivalFocus();
  const isClosed = chat.obstacle !== null && chat.obstacle !== 'joining';
  return (
    <main className="flex h-full flex-col">
      <ConversationHeader chat={chat} />
      {isDisconnected && (
        <p role="status" className="border-line border-b px-4 py-2 text-center text-sm text-warn">
          {t('chat.disconnected')}
        </p>
      )}
      <MessagePages chat={chat} onReply={setAnswered} />
      {chat.obstacle !== null && <ObstacleNotice chat={chat} obstacle={chat.obstacle} />}
      {!isClosed && chat.isRequest && <RequestNotice chat={chat} />}
      {!isClosed && !chat.isRequest && <Composer chat={chat} answered={answered} onAnswer={setAnswered} />}
    </main>
  );
}

/** The page had nothing to focus when it came: its messages were not there yet. */
function useArrivalFocus(): void {
  useEffect(() => {
    const target =
      document.querySelector<HTMLElement>('main [data-route-focus]') ?? document.querySelector('h1');
    target?.focus({ preventScroll: true });
  }, []);
}
