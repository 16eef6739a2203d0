import { useT } from '../i18n/use-t.ts';
import { NothingChosen } from '../ui/nothing-chosen.tsx';

/** /settings beside its list. */
export function SettingsScreen() {
  const t = useT();
  return <NothingChosen>{t('settings.choose')}</NothingChosen>;
}
