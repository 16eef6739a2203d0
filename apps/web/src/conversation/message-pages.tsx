import type { ChatMessage, ChatSummary } from '@hexkey/sdk';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useMessages } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { MessageLog } from './message-log.tsx';
import { useMarkRead } from './use-mark-read.ts';

/** The messages as far back as they were asked for. What is shown while somebody looks has been read. */
export function MessagePages(props: { chat: ChatSummary; onReply: (message: ChatMessage) => void }) {
  const t = useT();
  const { chat } = props;
  const pages = useMessages(chat.chatId);
  useMarkRead(chat, pages.isFetchedAfterMount);
  const { data, isError, error, refetch } = pages;
  if (isError && !data)
    return (
      <div className="flex-1 p-4">
        <ErrorNotice
          error={error}
          actions={<Button onClick={() => void refetch()}>{t('action.retry')}</Button>}
        />
      </div>
    );
  if (!data || !pages.isFetchedAfterMount)
    return (
      <div className="flex flex-1 flex-col justify-center">
        <Waiting>{t('chat.loading')}</Waiting>
      </div>
    );
  return (
    <MessageLog
      chat={chat}
      messages={data}
      older={{
        has: pages.hasNextPage,
        isLoading: pages.isFetchingNextPage,
        load: async () => (await pages.fetchNextPage()).data ?? [],
      }}
      onReply={props.onReply}
    />
  );
}
