import { useLocation, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useT } from '../i18n/use-t.ts';
import { routeOf } from '../route-table.ts';

/** After a change of page: its title in the tab, and the focus on its first field or its heading. */
export function usePageChange(): void {
  const t = useT();
  const { pathname } = useLocation();
  // The address changes before the page does; the focus waits for the page.
  const shown = useRouterState({ select: ({ matches }) => matches.at(-1)?.id });
  const title = t(routeOf(pathname)?.titleKey ?? 'not-found.title');
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page is what the focus follows
  useEffect(() => {
    const target =
      document.querySelector<HTMLElement>('[data-route-focus]:not(:disabled)') ??
      document.querySelector('h1');
    target?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [shown]);
}
