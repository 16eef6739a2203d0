import {
  FileDown,
  Hand,
  LifeBuoy,
  LogOut,
  MonitorSmartphone,
  RectangleEllipsis,
  ScrollText,
  ShieldCheck,
  Smartphone,
  UserRoundX,
} from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { RowLink } from '../app/link.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';
import { HexkeyId } from '../more/hexkey-id.tsx';
import { useAccount } from '../more/use-account.ts';
import { PinWarningsNotice } from '../pin-log/pin-warnings-notice.tsx';
import { Button } from '../ui/button.tsx';
import { Card, Fact } from '../ui/card.tsx';
import { SkeletonText } from '../ui/skeleton.tsx';
import { SettingPage } from './setting-page.tsx';

/** /settings/account */
export function AccountScreen() {
  const t = useT();
  const { date } = useFormatTime();
  const account = useAccount();
  return (
    <SettingPage path="/settings/account">
      {account.isError ? (
        <ErrorNotice
          error={account.error}
          actions={<Button onClick={() => void account.refetch()}>{t('action.retry')}</Button>}
        />
      ) : (
        <Card>
          <Fact name={t('account.id')}>
            {account.data ? <HexkeyId id={account.data.hexkeyId} /> : <SkeletonText />}
          </Fact>
          <Fact name={t('account.phone')}>
            {account.data ? (account.data.phoneMasked ?? t('account.no-phone')) : <SkeletonText />}
          </Fact>
          <Fact name={t('account.created')}>
            {account.data ? date(account.data.createdAtMs) : <SkeletonText />}
          </Fact>
        </Card>
      )}
      <Card>
        <RowLink
          to="/settings/account/privacy"
          icon={<Hand aria-hidden="true" />}
          title={t('settings.privacy')}
          hint={t('settings.privacy-hint')}
        />
        <RowLink
          to="/settings/account/security"
          icon={<ShieldCheck aria-hidden="true" />}
          title={t('settings.security')}
          hint={t('settings.security-hint')}
        />
      </Card>
      <Card>
        <RowLink
          to="/settings/account/phone"
          icon={<Smartphone aria-hidden="true" />}
          title={t(account.data?.phoneMasked ? 'link-phone.change' : 'link-phone.add')}
        />
        <RowLink
          to="/settings/account/export"
          icon={<FileDown aria-hidden="true" />}
          title={t('export.title')}
        />
      </Card>
      <Card>
        <RowLink
          to="/settings/account/log-out"
          icon={<LogOut aria-hidden="true" />}
          title={t('settings.log-out')}
        />
        <RowLink
          to="/settings/account/delete"
          icon={<UserRoundX aria-hidden="true" />}
          title={t('delete.title')}
        />
      </Card>
    </SettingPage>
  );
}

/** /settings/account/security */
export function SecurityScreen() {
  const t = useT();
  return (
    <SettingPage path="/settings/account/security">
      <PinWarningsNotice />
      <Card>
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
    </SettingPage>
  );
}
