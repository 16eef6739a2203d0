import { MessageCircleQuestion } from 'lucide-react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, RowLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { ChatRow } from './chat-row.tsx';
import { isOpenRequest } from './is-open-request.ts';
import { useChats } from './use-chats.ts';

/** /chats/requests: who has written for the first time and is no contact, for the owner to decide about. */
export function RequestsScreen() {
  const t = useT();
  const nowMs = useDependencies().clock.now();
  const chats = useChats();
  const requests = chats.data?.filter(isOpenRequest);
  return (
    <Page title={t('requests.title')} bar={{ start: <BackLink from="/chats/requests" /> }}>
      <p className="text-muted">{t('requests.lead')}</p>
      {chats.isPending && <SkeletonRows label={t('chats.loading')} count={2} />}
      {chats.isError && (
        <ErrorNotice
          error={chats.error}
          actions={<Button onClick={() => void chats.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {requests?.length === 0 && (
        <EmptyState icon={<MessageCircleQuestion aria-hidden="true" />} title={t('requests.empty-title')}>
          {t('requests.empty')}
        </EmptyState>
      )}
      {requests && requests.length > 0 && (
        <ul
          aria-label={t('requests.title')}
          className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface"
        >
          {requests.map((chat) => (
            <li key={chat.chatId}>
              <ChatRow chat={chat} nowMs={nowMs} />
            </li>
          ))}
        </ul>
      )}
      <Card>
        <RowLink to="/settings/account/privacy/conversation" title={t('requests.who-may')} />
      </Card>
    </Page>
  );
}
