import { StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { Heading } from '../ui/heading.tsx';
import { Mark } from '../ui/mark.tsx';
import { LanguageToggle } from './language-toggle.tsx';

/** The first page: what this is, and the two ways in. */
export function LandingScreen() {
  const t = useT();
  return (
    <div className="flex min-h-dvh flex-col wide:items-center wide:justify-center">
      <div className="flex justify-end px-2 pt-1 wide:fixed wide:top-3 wide:right-4">
        <LanguageToggle />
      </div>
      <main className="flex flex-1 flex-col px-4 pb-6 wide:w-120 wide:flex-none wide:gap-12">
        <div className="flex flex-1 flex-col items-center justify-center text-center">
          <Mark className="size-28" />
          <p className="mt-6 font-medium text-muted">{t('app.name')}</p>
          <div className="mt-1">
            <Heading large>{t('landing.claim')}</Heading>
          </div>
          <p className="mt-3 max-w-88 text-balance text-muted">{t('landing.promise')}</p>
        </div>
        <div className="flex flex-col gap-3">
          <StepButton wide to="/register">
            {t('landing.create')}
          </StepButton>
          <StepButton wide tone="secondary" to="/login">
            {t('landing.existing')}
          </StepButton>
        </div>
      </main>
    </div>
  );
}
