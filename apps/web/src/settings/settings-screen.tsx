import { useT } from '../i18n/use-t.ts';
import { Mark } from '../ui/mark.tsx';

/** /settings beside its list: nothing chosen yet. On phones only the list is shown. */
export function SettingsScreen() {
  const t = useT();
  return (
    <main className="flex h-full flex-col items-center justify-center gap-4 text-muted">
      <Mark className="size-14 opacity-40 grayscale" />
      <p>{t('settings.choose')}</p>
    </main>
  );
}
