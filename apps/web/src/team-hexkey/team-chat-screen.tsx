import { BadgeCheck, ShieldCheck } from 'lucide-react';
import { useEffect } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useOperation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { TeamMessageBubble } from './team-message-bubble.tsx';
import { useIsDisconnected, useTeamMessages } from './use-team-hexkey.ts';

/** /chats/team-hexkey: what the server says in its own voice. Nobody can answer it. */
export function TeamChatScreen() {
  const t = useT();
  const messages = useTeamMessages();
  const isDisconnected = useIsDisconnected();
  useReadWhileShown(messages.data?.some(({ isRead }) => !isRead) ?? false);
  return (
    <Page title={t('team.name')} bar={{ start: <BackLink only="narrow" from="/chats/team-hexkey" /> }}>
      <p className="flex items-center gap-2 text-muted text-sm">
        <BadgeCheck aria-hidden="true" className="size-4 shrink-0 text-accent" />
        {t('team.lead')}
      </p>
      {isDisconnected && <Notice tone="warn" title={t('team.disconnected')} />}
      {messages.isPending && <SkeletonRows label={t('team.loading')} count={3} />}
      {messages.isError && (
        <ErrorNotice
          error={messages.error}
          actions={<Button onClick={() => void messages.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {messages.data?.length === 0 && (
        <EmptyState icon={<ShieldCheck aria-hidden="true" />} title={t('team.empty-title')}>
          {t('team.empty')}
        </EmptyState>
      )}
      {messages.data && messages.data.length > 0 && (
        <ol aria-label={t('team.messages')} aria-live="polite" className="flex flex-col gap-3">
          {messages.data.map((kept) => (
            <TeamMessageBubble key={kept.id} kept={kept} />
          ))}
        </ol>
      )}
      <p className="mt-auto text-center text-muted text-sm">{t('team.no-reply')}</p>
    </Page>
  );
}

/** What is on the page has been read, also what comes while it is open. */
function useReadWhileShown(hasUnread: boolean): void {
  const { teamHexkey } = useDependencies().hexkey;
  const { run } = useOperation(() => teamHexkey.markAllRead());
  useEffect(() => {
    if (hasUnread) void run();
  }, [hasUnread, run]);
}
