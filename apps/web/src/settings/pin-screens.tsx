import { ErrorNotice } from '../app/error-notice.tsx';
import { RowLink, StepButton } from '../app/link.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { usePlace } from '../app/use-place.ts';
import { useT } from '../i18n/use-t.ts';
import { useAccount } from '../more/use-account.ts';
import { PasskeySection } from '../passkey-pay/passkey-section.tsx';
import { LogTabs } from '../pin-log/log-tabs.tsx';
import { Button } from '../ui/button.tsx';
import { Card, Fact } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonText } from '../ui/skeleton.tsx';
import { ForgotPin } from '../unlock/forgot-pin.tsx';
import { AttemptLog } from './attempt-log.tsx';
import { SettingPage } from './setting-page.tsx';

/** /settings/account/security/pin: the facts of this account's PIN. */
export function PinScreen() {
  const t = useT();
  const { date } = useFormatTime();
  const account = useAccount();
  const place = usePlace();
  return (
    <SettingPage path="/settings/account/security/pin">
      {place.at === 'home' && place.changeInterrupted && (
        <Notice
          tone="warn"
          title={t('change-pin.open')}
          actions={
            <StepButton tone="secondary" to="/pin/finish-change">
              {t('change-pin.finish-title')}
            </StepButton>
          }
        />
      )}
      {account.isError ? (
        <ErrorNotice
          error={account.error}
          actions={<Button onClick={() => void account.refetch()}>{t('action.retry')}</Button>}
        />
      ) : (
        <Card>
          <Fact name={t('pin-page.set-on')}>
            {account.data ? date(account.data.pinSetAtMs) : <SkeletonText />}
          </Fact>
        </Card>
      )}
      <PasskeySection />
      <section>
        <h2 className="mb-2 font-medium text-muted text-sm">{t('pin-page.fact-title')}</h2>
        <ul className="flex list-disc flex-col gap-2 pl-5">
          <li>{t('pin-page.fact-reset')}</li>
          <li>{t('pin-page.fact-asked')}</li>
          <li>{t('pin-page.fact-wrong')}</li>
        </ul>
      </section>
      <Card>
        <RowLink to="/settings/account/security/pin/change" title={t('change-pin.title')} />
        <RowLink to="/settings/account/security/pin/nodes" title={t('nodes.title')} hint={t('nodes.hint')} />
        <RowLink to="/settings/account/security/forgot-pin" title={t('forgot.title')} />
      </Card>
    </SettingPage>
  );
}

/** /settings/account/security/forgot-pin */
export function ForgotPinScreen() {
  const t = useT();
  return (
    <SettingPage path="/settings/account/security/forgot-pin">
      <p className="font-medium">{t('forgot.lead')}</p>
      <ForgotPin />
    </SettingPage>
  );
}

/** /settings/account/security/logs */
export function LogsScreen() {
  const t = useT();
  return (
    <SettingPage path="/settings/account/security/logs">
      <LogTabs />
      <p className="text-muted">{t('logs.lead')}</p>
      <AttemptLog />
    </SettingPage>
  );
}
