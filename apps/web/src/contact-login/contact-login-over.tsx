import { isDomainError } from '@hexkey/contract';
import { StepButton } from '../app/link.tsx';
import type { OperationState } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';

/** Whether the server no longer knows the login: it was refused, or its half hour is over. */
export const isLoginOver = (state: OperationState) =>
  state.is === 'failed' && isDomainError(state.error, 'NotFound');

/** Nothing more can be done with this login; another begins with the number. */
export function ContactLoginOver() {
  const t = useT();
  return (
    <BareScreen
      title={t('login-contact.over-title')}
      lead={<p role="alert">{t('login-contact.over')}</p>}
      footer={
        <StepButton wide to="/login/phone">
          {t('login-contact.begin-again')}
        </StepButton>
      }
    />
  );
}
