import { useT } from '../i18n/use-t.ts';

/** How many were not read. @param quiet of a muted conversation */
export function UnreadBadge({ count, quiet = false }: { count: number; quiet?: boolean }) {
  const t = useT();
  if (count === 0) return null;
  return (
    <span
      className={`figures inline-flex min-h-6 min-w-6 shrink-0 items-center justify-center rounded-full px-2 font-medium text-sm ${quiet ? 'bg-line text-ink' : 'bg-accent text-on-accent'}`}
    >
      <span aria-hidden="true">{count > 999 ? '999+' : count}</span>
      <span className="sr-only">{t('team.unread', { count })}</span>
    </span>
  );
}
