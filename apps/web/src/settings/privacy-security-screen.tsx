import { useNavigate } from '@tanstack/react-router';
import { LifeBuoy, MonitorSmartphone, RectangleEllipsis, ScrollText, UsersRound } from 'lucide-react';
import { RowLink } from '../app/link.tsx';
import { PrivacyLinks } from '../contacts/privacy-screen.tsx';
import { useT } from '../i18n/use-t.ts';
import { useRecoveryKit } from '../recovery-kit/use-recovery-kit.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { SettingPage } from './setting-page.tsx';

/** /settings/privacy-security: both groups in one page, for those who know it from elsewhere. */
export function PrivacySecurityScreen() {
  const t = useT();
  return (
    <SettingPage path="/settings/privacy-security">
      <Card title={t('settings.privacy')}>
        <PrivacyLinks />
      </Card>
      <Card title={t('settings.security')}>
        <RowLink
          to="/settings/account/security/pin"
          icon={<RectangleEllipsis aria-hidden="true" />}
          title={t('settings.pin')}
        />
        <RowLink
          to="/settings/account/security/recovery-kit"
          icon={<LifeBuoy aria-hidden="true" />}
          title={t('kit.title')}
        />
        <RowLink
          to="/settings/account/security/devices"
          icon={<MonitorSmartphone aria-hidden="true" />}
          title={t('devices.title')}
        />
        <RowLink
          to="/settings/account/security/logs"
          icon={<ScrollText aria-hidden="true" />}
          title={t('settings.logs')}
        />
      </Card>
      <RecoveryContactRow />
    </SettingPage>
  );
}

/** The last row: Enable while there is no recovery contact, the way to it afterwards. */
function RecoveryContactRow() {
  const t = useT();
  const navigate = useNavigate();
  const kit = useRecoveryKit();
  const isSet = kit.data?.contact.state === 'added';
  if (isSet)
    return (
      <Card>
        <RowLink
          to="/settings/account/security/recovery-kit/contact"
          icon={<UsersRound aria-hidden="true" />}
          title={t('contact.row')}
          value={t('kit.added')}
        />
      </Card>
    );
  return (
    <Card>
      <div className="flex min-h-13 flex-wrap items-center gap-3 px-4 py-2.5">
        <UsersRound aria-hidden="true" className="size-5 text-muted" />
        <span id="recovery-contact-row" className="min-w-0 flex-1">
          {t('contact.row')}
        </span>
        <Button
          tone="secondary"
          aria-describedby="recovery-contact-row"
          onClick={() => void navigate({ to: '/settings/account/security/recovery-kit/contact' })}
        >
          {t('contact.enable')}
        </Button>
      </div>
    </Card>
  );
}
