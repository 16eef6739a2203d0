import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useChatId } from '../chats/use-chat-id.ts';
import { useChat } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { GroupDetails } from './group-details.tsx';
import { PersonDetails } from './person-details.tsx';

/** /chats/$chatId/details: who is in the conversation, and what it does on this device. */
export function ChatDetailsScreen() {
  const t = useT();
  const chatId = useChatId();
  const chat = useChat(chatId);
  return (
    <Page title={t('chat-details.title')} bar={{ start: <BackLink from="/chats/$chatId/details" /> }}>
      {chat.isPending && <SkeletonRows label={t('chat.loading')} count={4} />}
      {chat.isError && (
        <ErrorNotice
          error={chat.error}
          actions={<Button onClick={() => void chat.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {chat.data &&
        (chat.data.kind === 'direct' ? (
          <PersonDetails chat={chat.data} />
        ) : (
          <GroupDetails chat={chat.data} />
        ))}
    </Page>
  );
}
