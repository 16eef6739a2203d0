import { isDomainError } from '@hexkey/contract';
import { MessageCircleOff } from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** In the place of a conversation that cannot be shown: it is not here, or it could not be read. */
export function ConversationGone({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useT();
  return (
    <Page title={t('chat.title')}>
      {isDomainError(error, 'NotFound') ? (
        <EmptyState icon={<MessageCircleOff aria-hidden="true" />} title={t('chat.gone-title')}>
          <p>{t('chat.gone')}</p>
          <div className="mt-4">
            <StepButton tone="secondary" to="/chats">
              {t('chat.to-chats')}
            </StepButton>
          </div>
        </EmptyState>
      ) : (
        <ErrorNotice error={error} actions={<Button onClick={retry}>{t('action.retry')}</Button>} />
      )}
    </Page>
  );
}
