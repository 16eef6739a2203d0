import { BackLink, StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Notice } from '../ui/notice.tsx';

/** /upgrade-pin: where refusal 20118 leads. Says what is about to happen; the phone code comes first, as for any login. */
export function UpgradePinScreen() {
  const t = useT();
  const steps = [t('upgrade.step-code'), t('upgrade.step-old'), t('upgrade.step-new')];
  return (
    <BareScreen
      title={t('upgrade.title')}
      lead={t('upgrade.lead')}
      bar={{ start: <BackLink from="/upgrade-pin" /> }}
      footer={
        <StepButton wide to="/login/phone">
          {t('action.continue')}
        </StepButton>
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
        <Notice tone="info" title={t('upgrade.may-stop')} />
      </div>
    </BareScreen>
  );
}
