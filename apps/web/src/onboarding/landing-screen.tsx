import { Link } from '@tanstack/react-router';
import { useContext } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { StepButton } from '../app/link.tsx';
import { useStore } from '../app/store.ts';
import { useT } from '../i18n/use-t.ts';
import { buttonLook } from '../ui/button.tsx';
import { CornerContext } from '../ui/corner.ts';
import { Heading } from '../ui/heading.tsx';
import { Mark } from '../ui/mark.tsx';
import { Notice } from '../ui/notice.tsx';
import { LanguageToggle } from './language-toggle.tsx';

/** The first page: what this is, and the two ways in. */
export function LandingScreen() {
  const t = useT();
  const { invite, groupInvite, seats } = useDependencies();
  const invitedBy = useStore(invite);
  const isInvitedToGroup = useStore(groupInvite) !== null;
  return (
    <div className="flex min-h-dvh flex-col wide:items-center wide:justify-center">
      <header className="flex justify-end px-2 pt-1 wide:fixed wide:top-3 wide:right-4">
        {useContext(CornerContext)}
        <Link to="/help" className={buttonLook({ tone: 'quiet' })}>
          {t('help.title')}
        </Link>
        <LanguageToggle />
      </header>
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
          {invitedBy !== null && <Notice tone="info" title={t('invite.welcome', { id: invitedBy })} />}
          {isInvitedToGroup && <Notice tone="info" title={t('group-invite.welcome')} />}
          <StepButton wide to="/register">
            {t('landing.create')}
          </StepButton>
          <StepButton wide tone="secondary" to="/login">
            {t('landing.existing')}
          </StepButton>
          {seats.others().length > 0 && (
            <StepButton wide tone="quiet" to="/accounts">
              {t('accounts.title')}
            </StepButton>
          )}
        </div>
      </main>
    </div>
  );
}
