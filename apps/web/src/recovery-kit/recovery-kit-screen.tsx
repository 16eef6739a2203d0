import type { RecoveryKitView } from '@hexkey/contract';
import { ErrorNotice } from '../app/error-notice.tsx';
import { StepButton, TextLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { SettingPage } from '../settings/setting-page.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { HealthCard } from './health-card.tsx';
import { HealthRing } from './health-ring.tsx';
import { methodHealth } from './kit-health.ts';
import { Losses } from './losses.tsx';
import { MethodRow } from './method-row.tsx';
import { useRecoveryKit } from './use-recovery-kit.ts';

/** /settings/account/security/recovery-kit: three ways back in, how well they work, and what they cannot do. */
export function RecoveryKitScreen() {
  const t = useT();
  const kit = useRecoveryKit();
  return (
    <SettingPage path="/settings/account/security/recovery-kit">
      <p className="text-muted">{t('kit.lead')}</p>
      {kit.isPending && <SkeletonRows label={t('kit.loading')} count={3} />}
      {kit.isError && (
        <ErrorNotice
          error={kit.error}
          actions={<Button onClick={() => void kit.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {kit.data && <Kit kit={kit.data} />}
      <p className="font-medium text-danger">
        {t('kit.not-pin')}{' '}
        <TextLink to="/settings/account/security/forgot-pin">{t('kit.not-pin-help')}</TextLink>
      </p>
    </SettingPage>
  );
}

function Kit({ kit }: { kit: RecoveryKitView }) {
  const t = useT();
  const hasPhone = kit.phone.state === 'added';
  const hasWords = kit.words.state === 'backed-up';
  const hasContact = kit.contact.state === 'added';
  return (
    <>
      <HealthRing kit={kit} />
      <HealthCard kit={kit} />
      {kit.contact.problem !== null && (
        <Notice
          tone="warn"
          title={t(`contact.trouble-${kit.contact.problem}`)}
          actions={
            <StepButton tone="secondary" to="/settings/account/security/recovery-kit/contact">
              {t('contact.view')}
            </StepButton>
          }
        >
          {t(`contact.trouble-${kit.contact.problem}-next`)}
        </Notice>
      )}
      <div className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
        <MethodRow
          to="/settings/account/phone"
          title={t('kit.phone')}
          health={methodHealth(kit, 'phone')}
          state={t(hasPhone ? 'kit.added' : 'kit.not-added')}
          hint={kit.phone.phoneMasked ?? t('kit.phone-hint')}
          lastWorkedAtMs={kit.phone.lastWorkedAtMs}
          rehearse="/settings/account/security/recovery-kit/rehearse-phone"
          rehearseLabel={t('kit.rehearse-phone')}
        />
        <MethodRow
          to={hasWords ? '/settings/account/security/words' : '/settings/account/security/recovery-kit/words'}
          title={t('words.title')}
          health={methodHealth(kit, 'words')}
          state={t(hasWords ? 'kit.backed-up' : 'kit.not-backed-up')}
          hint={t('kit.words-hint')}
          lastWorkedAtMs={kit.words.lastWorkedAtMs}
          rehearse="/settings/account/security/recovery-kit/rehearse-words"
          rehearseLabel={t('kit.rehearse-words')}
        />
        <MethodRow
          to="/settings/account/security/recovery-kit/contact"
          title={t(hasContact ? 'contact.door-title' : 'contact.title')}
          health={methodHealth(kit, 'contact')}
          state={t(hasContact ? 'kit.added' : 'kit.not-added')}
          hint={t('kit.contact-hint')}
          lastWorkedAtMs={kit.contact.lastWorkedAtMs}
          rehearse="/settings/account/security/recovery-kit/rehearse-contact"
          rehearseLabel={t('kit.rehearse-contact')}
        />
      </div>
      <Losses kit={kit} />
    </>
  );
}
