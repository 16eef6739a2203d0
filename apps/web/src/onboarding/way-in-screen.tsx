import { KeyRound, QrCode, Smartphone } from 'lucide-react';
import { BackLink, StepButton, WayButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';

/** How to create an account: by words or by phone. */
export function RegisterScreen() {
  const t = useT();
  return (
    <BareScreen
      title={t('register.title')}
      lead={t('register.lead')}
      bar={{ start: <BackLink from="/register" /> }}
      footer={
        <StepButton wide tone="quiet" to="/login">
          {t('register.have-account')}
        </StepButton>
      }
    >
      <Ways flow="register" />
    </BareScreen>
  );
}

/** How to log in: by words, by phone, or let in by another device. */
export function LoginScreen() {
  const t = useT();
  return (
    <BareScreen
      title={t('login.title')}
      lead={t('login.lead')}
      bar={{ start: <BackLink from="/login" /> }}
      footer={
        <StepButton wide tone="quiet" to="/register">
          {t('login.no-account')}
        </StepButton>
      }
    >
      <Ways flow="login" />
    </BareScreen>
  );
}

function Ways({ flow }: { flow: 'register' | 'login' }) {
  const t = useT();
  return (
    <div className="flex flex-col gap-3">
      <WayButton
        to={`/${flow}/words`}
        icon={<KeyRound aria-hidden="true" />}
        title={t('choice.words')}
        hint={t(`${flow}.words-hint`)}
      />
      <WayButton
        to={`/${flow}/phone`}
        icon={<Smartphone aria-hidden="true" />}
        title={t('choice.phone')}
        hint={t(`${flow}.phone-hint`)}
      />
      {flow === 'login' && (
        <WayButton
          to="/login/link"
          icon={<QrCode aria-hidden="true" />}
          title={t('choice.link')}
          hint={t('login.link-hint')}
        />
      )}
    </div>
  );
}
