import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { useRegisterWithWords } from './use-words-account.ts';

/** /register/words: what is about to happen, then a new account. The words are shown after the PIN is set. */
export function RegisterWordsScreen() {
  const t = useT();
  const register = useRegisterWithWords();
  const running = register.state.is === 'running';
  const steps = [t('register-words.step-made'), t('register-words.step-pin'), t('register-words.step-save')];
  return (
    <BareScreen
      title={t('register-words.title')}
      lead={t('register-words.lead')}
      bar={{ start: <BackLink from="/register/words" /> }}
      footer={
        <Button wide disabled={running} onClick={() => void register.run()}>
          {t(register.state.is === 'failed' ? 'action.retry' : 'action.continue')}
        </Button>
      }
    >
      <ol className="flex flex-col gap-4">
        {steps.map((step, index) => (
          <li key={step} className="flex items-center gap-4">
            <span
              aria-hidden="true"
              className="figures flex size-9 shrink-0 items-center justify-center rounded-full bg-accent/10 font-semibold text-accent"
            >
              {index + 1}
            </span>
            {step}
          </li>
        ))}
      </ol>
      <div className="mt-6">
        {running && <Waiting>{t('register-words.working')}</Waiting>}
        {register.state.is === 'failed' && <ErrorNotice error={register.state.error} />}
      </div>
    </BareScreen>
  );
}
