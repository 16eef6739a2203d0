import { KeyRound, MessageSquareText, UserRoundCheck } from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, WayButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { useOffer } from './use-contact-login.ts';

/** /login/help: the code did not come. The recovery contact is offered only where there is one who could help. */
export function LoginHelpScreen() {
  const t = useT();
  const { offered, state, retry } = useOffer();
  return (
    <BareScreen
      title={t('login-help.title')}
      lead={t('login-help.lead')}
      bar={{ start: <BackLink from="/login/help" /> }}
    >
      <div className="flex flex-col gap-3">
        {offered && (
          <WayButton
            to="/login/contact"
            icon={<UserRoundCheck aria-hidden="true" />}
            title={t('login-help.lost')}
            hint={t('login-help.lost-hint')}
          />
        )}
        <WayButton
          to="/login/phone"
          icon={<MessageSquareText aria-hidden="true" />}
          title={t('login-help.again')}
          hint={t('login-help.again-hint')}
        />
        <WayButton
          to="/login/words"
          icon={<KeyRound aria-hidden="true" />}
          title={t('choice.words')}
          hint={t('login.words-hint')}
        />
        {state.is === 'running' && <Waiting>{t('login-help.asking')}</Waiting>}
        {state.is === 'failed' && (
          <ErrorNotice
            error={state.error}
            actions={<Button onClick={retry}>{t('action.try-again')}</Button>}
          />
        )}
      </div>
    </BareScreen>
  );
}
