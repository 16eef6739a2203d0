import { Ban, Lock, MessageCircle, Phone } from 'lucide-react';
import { RowLink } from '../app/link.tsx';
import { ReadReceiptsSwitch } from '../conversation/read-receipts-switch.tsx';
import { useT } from '../i18n/use-t.ts';
import { SettingPage } from '../settings/setting-page.tsx';
import { Card } from '../ui/card.tsx';

/** /settings/account/privacy */
export function PrivacyScreen() {
  return (
    <SettingPage path="/settings/account/privacy">
      <Card>
        <PrivacyLinks />
      </Card>
      <ReadReceiptsSwitch />
    </SettingPage>
  );
}

/** The ways to who is blocked, who can reach me, and who can find me. */
export function PrivacyLinks() {
  const t = useT();
  return (
    <>
      <RowLink
        to="/settings/account/privacy/blocked"
        icon={<Ban aria-hidden="true" />}
        title={t('blocked.title')}
      />
      <RowLink
        to="/settings/account/privacy/conversation"
        icon={<MessageCircle aria-hidden="true" />}
        title={t('privacy.conversation')}
      />
      <RowLink
        to="/settings/account/privacy/phone"
        icon={<Phone aria-hidden="true" />}
        title={t('privacy.phone')}
      />
      <RowLink
        to="/settings/account/privacy/app-lock"
        icon={<Lock aria-hidden="true" />}
        title={t('app-lock.title')}
      />
    </>
  );
}
