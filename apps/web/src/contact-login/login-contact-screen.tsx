import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ContactLoginOver, isLoginOver } from './contact-login-over.tsx';
import { useAskContact } from './use-contact-login.ts';

/** /login/contact: who the recovery contact is. Every wrong Hexkey ID gets the same answer. */
export function LoginContactScreen() {
  const t = useT();
  const navigate = useNavigate();
  const ask = useAskContact();
  const [hexkeyId, setHexkeyId] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (hexkeyId !== '' && (await ask.run(hexkeyId))) await navigate({ to: '/login/contact/code' });
  };
  const edit = (text: string) => {
    ask.reset();
    setHexkeyId(text.replace(/\D/g, ''));
  };
  if (isLoginOver(ask.state)) return <ContactLoginOver />;
  return (
    <form onSubmit={(event) => void submit(event)} autoComplete="off">
      <BareScreen
        title={t('login-contact.title')}
        lead={t('login-contact.lead')}
        bar={{ start: <BackLink from="/login/contact" /> }}
        footer={
          <>
            {ask.state.is === 'failed' && <ErrorNotice error={ask.state.error} />}
            <Button wide type="submit" disabled={hexkeyId === '' || ask.state.is === 'running'}>
              {t('action.send-code')}
            </Button>
          </>
        }
      >
        <TextField
          label={t('login-contact.id')}
          inputMode="numeric"
          maxLength={20}
          data-route-focus
          value={hexkeyId}
          onChange={(event) => edit(event.target.value)}
        />
        <p className="mt-4 text-muted">{t('login-contact.told')}</p>
        <p className="mt-2 text-muted">{t('login-contact.not-pin')}</p>
      </BareScreen>
    </form>
  );
}
