import { BackLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { AttemptLog } from '../settings/attempt-log.tsx';
import { BareScreen } from '../ui/bare-screen.tsx';
import { ForgotPin } from './forgot-pin.tsx';

/** /unlock/forgot-pin */
export function GateForgotPinScreen() {
  const t = useT();
  return (
    <BareScreen
      title={t('forgot.title')}
      lead={t('forgot.lead')}
      bar={{ start: <BackLink from="/unlock/forgot-pin" /> }}
    >
      <ForgotPin />
    </BareScreen>
  );
}

/** /unlock/logs: this login's own attempts; the account's log needs the PIN first. */
export function GateLogsScreen() {
  const t = useT();
  return (
    <BareScreen
      title={t('logs.title')}
      lead={t('logs.own-lead')}
      bar={{ start: <BackLink from="/unlock/logs" /> }}
    >
      <AttemptLog />
    </BareScreen>
  );
}
