import { isDomainError } from '@hexkey/contract';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useStore } from '../app/store.ts';
import { useOperation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';

/** /group-invite: whoever opened the link of a group asks to join it, once there is an account. */
export function GroupInviteScreen() {
  const t = useT();
  const navigate = useNavigate();
  const { groupInvite, hexkey } = useDependencies();
  // Still shown while the page that follows comes.
  const [link] = useState(useStore(groupInvite) ?? '');
  const [invite] = useState(() => readInvite(() => hexkey.chats.readInvite(link)));
  const [hasAsked, setAsked] = useState(false);
  const ask = useOperation(async () => {
    await hexkey.chats.requestToJoin(link);
    setAsked(true);
  });
  const leave = async () => {
    await navigate({ to: '/chats', replace: true });
    groupInvite.set(null);
  };
  const canAsk = invite.groupName !== null && !hasAsked;
  return (
    <BareScreen
      title={t('group-invite.title')}
      lead={canAsk && t('group-invite.lead', { name: invite.groupName })}
      footer={
        <>
          {canAsk && (
            <Button wide disabled={ask.state.is === 'running'} onClick={() => void ask.run()}>
              {t('group-invite.ask')}
            </Button>
          )}
          <Button wide tone={canAsk ? 'secondary' : 'primary'} onClick={() => void leave()}>
            {t(hasAsked ? 'action.done' : 'invite.later')}
          </Button>
        </>
      }
    >
      {ask.state.is === 'running' && <Waiting>{t('group-invite.asking')}</Waiting>}
      {ask.state.is === 'failed' && <ErrorNotice error={ask.state.error} />}
      {invite.groupName === null && <ErrorNotice error={invite.refusal} />}
      {hasAsked && invite.groupName !== null && (
        <Notice urgent tone="good" title={t('group-invite.asked', { name: invite.groupName })} />
      )}
    </BareScreen>
  );
}

type ReadInvite = { readonly groupName: string } | { readonly groupName: null; readonly refusal: unknown };

function readInvite(read: () => { readonly groupName: string }): ReadInvite {
  try {
    return read();
  } catch (refusal) {
    if (!isDomainError(refusal, 'NotFound')) throw refusal;
    return { groupName: null, refusal };
  }
}
