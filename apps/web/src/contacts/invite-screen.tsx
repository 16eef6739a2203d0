import { isDomainError } from '@hexkey/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useStore } from '../app/store.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { FoundPerson } from './found-person.tsx';
import { useFindPerson } from './use-people.ts';

/** /invite: whoever opened somebody's invite is offered to add them, once there is an account. */
export function InviteScreen() {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const { invite } = useDependencies();
  const hexkeyId = useStore(invite);
  const { found, state, run } = useFindPerson();
  useEffect(() => {
    if (hexkeyId !== null) void run(hexkeyId);
  }, [hexkeyId, run]);
  const leave = async (to: '/chats' | '/contacts') => {
    await navigate({ to, replace: true });
    invite.set(null);
  };
  const added = (name: string) => {
    say(t('add-contact.added', { name }));
    void leave('/contacts');
  };
  const canRetry = state.is === 'failed' && !isDomainError(state.error, 'NotFound');
  return (
    <BareScreen
      title={t('invite.title')}
      lead={t('invite.lead')}
      footer={
        <Button wide tone="secondary" onClick={() => void leave('/chats')}>
          {t('invite.later')}
        </Button>
      }
    >
      {state.is === 'running' && <Waiting>{t('invite.looking')}</Waiting>}
      {state.is === 'failed' && (
        <ErrorNotice
          error={state.error}
          actions={
            canRetry && (
              <Button onClick={() => hexkeyId !== null && void run(hexkeyId)}>{t('action.retry')}</Button>
            )
          }
        />
      )}
      {found && <FoundPerson person={found} onAdded={added} />}
    </BareScreen>
  );
}
