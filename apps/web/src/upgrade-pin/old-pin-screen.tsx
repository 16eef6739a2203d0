import { isDomainError } from '@hexkey/contract';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton } from '../app/link.tsx';
import type { OperationState } from '../app/use-operation.ts';
import { useBusy } from '../app-update/use-busy.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { useLegacyLogin } from './use-legacy-login.ts';

/** /upgrade-pin/old-pin: the PIN or password that another system checked. It is typed here and nowhere else. */
export function OldPinScreen() {
  const t = useT();
  const login = useLegacyLogin();
  const [typed, setTyped] = useState('');
  const running = login.state.is === 'running';
  useBusy('pin', typed !== '');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed === '' || running) return;
    if (!(await login.run(typed))) setTyped('');
  };
  const change = (next: string) => {
    login.reset();
    setTyped(next);
  };
  return (
    <form onSubmit={(event) => void submit(event)} autoComplete="off">
      <BareScreen
        title={t('upgrade.old-title')}
        lead={t('upgrade.old-lead')}
        bar={{ start: <BackLink from="/upgrade-pin/old-pin" /> }}
        footer={
          <>
            <Refusal state={login.state} />
            <Button wide type="submit" disabled={typed === '' || running}>
              {t('action.continue')}
            </Button>
          </>
        }
      >
        <TextField
          label={t('upgrade.old-label')}
          type="password"
          autoComplete="off"
          maxLength={128}
          data-route-focus
          value={typed}
          readOnly={running}
          onChange={(event) => change(event.target.value)}
        />
        <p className="mt-4 text-muted">{t('upgrade.old-last-time')}</p>
        {running && (
          <div className="mt-6">
            <Waiting>{t('upgrade.checking')}</Waiting>
          </div>
        )}
      </BareScreen>
    </form>
  );
}

/** What went wrong. A code that ran out, and an account that has upgraded meanwhile, begin at the login again. */
function Refusal({ state }: { state: OperationState }) {
  const t = useT();
  if (state.is !== 'failed') return null;
  const isOver = isDomainError(state.error, 'ExpiredCode') || isDomainError(state.error, 'PinAlreadySet');
  const again = (
    <StepButton tone="secondary" to="/login/phone">
      {t(isDomainError(state.error, 'PinAlreadySet') ? 'action.log-in' : 'upgrade.new-code')}
    </StepButton>
  );
  return <ErrorNotice error={state.error} actions={isOver ? again : null} />;
}
