import { Link } from '@tanstack/react-router';
import { Settings } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { iconButtonLook } from '../ui/button.tsx';

/** The gear, top right. */
export function SettingsLink() {
  const t = useT();
  return (
    <Link
      to="/settings"
      aria-label={t('settings.title')}
      title={t('settings.title')}
      className={iconButtonLook}
    >
      <Settings aria-hidden="true" className="size-5" />
    </Link>
  );
}
