import type { ReactNode } from 'react';
import { BackLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { type RoutePath, routeTable } from '../route-table.ts';
import { Page } from '../ui/page.tsx';

/** A page of the settings. Where the list stands beside it, its top pages need no way back. */
export function SettingPage({
  path,
  children,
}: {
  path: Extract<RoutePath, `/settings/${string}`>;
  children: ReactNode;
}) {
  const t = useT();
  const top = routeTable[path].parent === '/settings';
  return (
    <Page
      title={t(routeTable[path].titleKey)}
      bar={{ start: <BackLink from={path} {...(top && { only: 'narrow' })} /> }}
    >
      {children}
    </Page>
  );
}
