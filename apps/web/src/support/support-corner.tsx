import { Link } from '@tanstack/react-router';
import { LifeBuoy } from 'lucide-react';
import { useStanding } from '../app/use-standing.ts';
import { useT } from '../i18n/use-t.ts';
import { routeOf } from '../route-table.ts';
import { iconButtonLook } from '../ui/button.tsx';
import { useHoldForLogs } from './use-hold-for-logs.ts';

/** On every page before the open account: the way to support, and to the logs by holding what stands on top. */
export function SupportCorner({ path }: { path: string }) {
  const t = useT();
  const isOutside = useStanding().at !== 'home';
  const isSupport = path.startsWith('/support');
  useHoldForLogs((isOutside || isSupport) && path !== '/support/logs');
  if (!isOutside || isSupport || routeOf(path)?.layout !== 'bare') return null;
  return (
    <Link to="/support" aria-label={t('support.title')} title={t('support.title')} className={iconButtonLook}>
      <LifeBuoy aria-hidden="true" className="size-5" />
    </Link>
  );
}
