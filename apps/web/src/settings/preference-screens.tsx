import { FileText, LifeBuoy } from 'lucide-react';
import { useDependencies } from '../app/app-dependencies.ts';
import { RowLink } from '../app/link.tsx';
import { languageNames, languages } from '../i18n/translate.ts';
import { useT } from '../i18n/use-t.ts';
import { appearances } from '../preferences/preferences.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { Card, Fact } from '../ui/card.tsx';
import { ChoiceList } from '../ui/choice-list.tsx';
import { Mark } from '../ui/mark.tsx';
import { SettingPage } from './setting-page.tsx';

/** /settings/appearance */
export function AppearanceScreen() {
  const t = useT();
  const [preferences, change] = usePreferences();
  return (
    <SettingPage path="/settings/appearance">
      <ChoiceList
        label={t('settings.appearance')}
        value={preferences.appearance}
        onChange={(appearance) => change({ appearance })}
        choices={appearances.map((value) => ({ value, label: t(`appearance.${value}`) }))}
      />
    </SettingPage>
  );
}

/** /settings/language */
export function LanguageScreen() {
  const t = useT();
  const [preferences, change] = usePreferences();
  return (
    <SettingPage path="/settings/language">
      <ChoiceList
        label={t('settings.language')}
        value={preferences.language}
        onChange={(language) => change({ language })}
        choices={[
          { value: 'system', label: t('language.system') },
          ...languages.map((value) => ({ value, label: languageNames[value] })),
        ]}
      />
    </SettingPage>
  );
}

/** /settings/about */
export function AboutScreen() {
  const t = useT();
  const { version, operatorFingerprint } = useDependencies();
  return (
    <SettingPage path="/settings/about">
      <div className="flex flex-col items-center gap-3 py-6 text-center">
        <Mark className="size-20" />
        <p className="font-semibold text-title">{t('app.name')}</p>
        <p className="max-w-88 text-balance text-muted">{t('about.lead')}</p>
      </div>
      <Card>
        <Fact name={t('about.version')}>{version}</Fact>
        <Fact name={t('about.operator-key')}>{operatorFingerprint}</Fact>
      </Card>
      <p className="text-muted text-sm">{t('about.operator-key-why')}</p>
      <Card>
        <RowLink
          to="/settings/about/logs"
          icon={<FileText aria-hidden="true" />}
          title={t('settings.logs')}
        />
        <RowLink to="/support" icon={<LifeBuoy aria-hidden="true" />} title={t('support.title')} />
      </Card>
    </SettingPage>
  );
}
