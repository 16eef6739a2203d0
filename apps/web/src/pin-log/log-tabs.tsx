import { Link } from '@tanstack/react-router';
import { useT } from '../i18n/use-t.ts';

const look =
  'flex min-h-11 flex-1 items-center justify-center rounded-full px-3 text-center text-muted transition-colors duration-150 aria-[current=page]:bg-accent aria-[current=page]:font-medium aria-[current=page]:text-on-accent';

/** The two logs: what the server saw of the account, and what the PIN nodes wrote down. */
export function LogTabs() {
  const t = useT();
  return (
    <nav aria-label={t('pin-log.which')} className="flex gap-1 rounded-full border border-line bg-canvas p-1">
      <Link to="/settings/account/security/logs" activeOptions={{ exact: true }} className={look}>
        {t('pin-log.tab-account')}
      </Link>
      <Link to="/settings/account/security/logs/pin" className={look}>
        {t('pin-log.tab-pin')}
      </Link>
    </nav>
  );
}
