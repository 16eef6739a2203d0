import { Bell, CircleHelp, Info, Languages, ShieldCheck, SunMoon, UserRound } from 'lucide-react';
import { BackLink, RowLink } from '../app/link.tsx';
import { languageNames } from '../i18n/translate.ts';
import { useSpeech } from '../i18n/use-t.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { Card } from '../ui/card.tsx';

/** The settings there are. @param heading its rank: the page's own title, or the title of a list beside a page */
export function SettingsList({ heading: Heading }: { heading: 'h1' | 'h2' }) {
  const { t, language } = useSpeech();
  const [preferences] = usePreferences();
  return (
    <nav aria-label={t('settings.title')} className="mx-auto max-w-160 px-4 pb-8">
      <div className="-ml-2 flex min-h-16 items-center gap-1">
        <BackLink from="/settings" />
        <Heading tabIndex={-1} className="font-semibold text-title">
          {t('settings.title')}
        </Heading>
      </div>
      <div className="flex flex-col gap-4 pt-2">
        <Card>
          <RowLink
            marked
            to="/settings/account"
            icon={<UserRound aria-hidden="true" />}
            title={t('settings.account')}
            hint={t('settings.account-hint')}
          />
        </Card>
        <Card>
          <RowLink
            marked
            to="/settings/privacy-security"
            icon={<ShieldCheck aria-hidden="true" />}
            title={t('privacy-security.title')}
            hint={t('privacy-security.hint')}
          />
        </Card>
        <Card>
          <RowLink
            marked
            to="/settings/notifications"
            icon={<Bell aria-hidden="true" />}
            title={t('notifications.title')}
          />
          <RowLink
            marked
            to="/settings/appearance"
            icon={<SunMoon aria-hidden="true" />}
            title={t('settings.appearance')}
            value={t(`appearance.${preferences.appearance}-short`)}
          />
          <RowLink
            marked
            to="/settings/language"
            icon={<Languages aria-hidden="true" />}
            title={t('settings.language')}
            value={languageNames[language]}
          />
        </Card>
        <Card>
          <RowLink to="/help" icon={<CircleHelp aria-hidden="true" />} title={t('help.title')} />
          <RowLink
            marked
            to="/settings/about"
            icon={<Info aria-hidden="true" />}
            title={t('settings.about')}
          />
        </Card>
      </div>
    </nav>
  );
}
