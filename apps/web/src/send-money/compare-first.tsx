import type { DomainError } from '@hexkey/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useOpenDirect } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';

/** Somebody's address is not signed by the identity known of them: the way to compare, after which they can be paid. */
export function CompareFirst({ error }: { error: DomainError<'SecurityCodeChanged'> }) {
  const t = useT();
  const navigate = useNavigate();
  const { state, open, opened } = useOpenDirect();
  useEffect(() => {
    if (opened !== null) void navigate({ to: '/chats/$chatId/safety', params: { chatId: opened } });
  }, [opened, navigate]);
  return (
    <>
      <ErrorNotice
        error={error}
        actions={
          <Button disabled={state.is === 'running'} onClick={() => open(error.details.hexkeyId)}>
            {t('send.compare')}
          </Button>
        }
      />
      {state.is === 'failed' && <ErrorNotice error={state.error} />}
    </>
  );
}
