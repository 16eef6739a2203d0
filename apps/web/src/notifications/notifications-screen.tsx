import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { SettingPage } from '../settings/setting-page.tsx';
import { Button } from '../ui/button.tsx';
import { CheckRow } from '../ui/check-row.tsx';
import { Notice } from '../ui/notice.tsx';

/** /settings/notifications */
export function NotificationsScreen() {
  const t = useT();
  const { browser } = useDependencies();
  const [preferences, change] = usePreferences();
  const [permission, setPermission] = useState(() => browser.notices.permission());
  const [trial, setTrial] = useState<'shown' | 'refused' | null>(null);
  const turnOn = useOperation(async () => {
    const given = permission === 'default' ? await browser.notices.ask() : permission;
    setPermission(given);
    change({ notifications: given === 'granted' });
  });
  const isOn = preferences.notifications && permission === 'granted';
  const tryIt = () => {
    const notice = { tag: 'hexkey/trial', title: t('app.name'), text: t('notifications.trial-text') };
    setTrial(browser.notices.show(notice, () => undefined) ? 'shown' : 'refused');
  };
  if (permission === 'unsupported')
    return (
      <SettingPage path="/settings/notifications">
        <Notice tone="info" title={t('notifications.unsupported')}>
          {t('notifications.unsupported-next')}
        </Notice>
      </SettingPage>
    );
  return (
    <SettingPage path="/settings/notifications">
      <p className="text-muted">{t('notifications.lead')}</p>
      <CheckRow
        label={t('notifications.messages')}
        checked={isOn}
        onChange={(on) => (on ? void turnOn.run() : change({ notifications: false }))}
      >
        {t('notifications.messages-effect')}
      </CheckRow>
      {permission === 'denied' && (
        <Notice urgent tone="warn" title={t('notifications.denied')}>
          {t('notifications.denied-next')}
        </Notice>
      )}
      {isOn && (
        <>
          <CheckRow
            label={t('notifications.previews')}
            checked={preferences.previews}
            onChange={(previews) => change({ previews })}
          >
            {t('notifications.previews-effect')}
          </CheckRow>
          <Button wide tone="secondary" onClick={tryIt}>
            {t('notifications.try')}
          </Button>
          <div role="status">
            {trial === 'shown' && <p className="text-muted">{t('notifications.trial-shown')}</p>}
          </div>
          {trial === 'refused' && (
            <Notice urgent tone="warn" title={t('notifications.refused')}>
              {t('notifications.unsupported-next')}
            </Notice>
          )}
        </>
      )}
    </SettingPage>
  );
}
