import type { ReactNode } from 'react';
import { BackLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { type RoutePath, routeTable } from '../route-table.ts';
import { Page } from '../ui/page.tsx';

/** A page of the wallet. Where the wallet stands beside it, its top pages need no way back. */
export function WalletPage(props: {
  path: Extract<RoutePath, `/wallet/${string}`>;
  /** Where it is not the title of the route. */
  title?: string;
  children: ReactNode;
}) {
  const t = useT();
  const { parent, titleKey } = { ...routeTable[props.path] };
  return (
    <Page
      title={props.title ?? t(titleKey)}
      bar={{ start: <BackLink from={props.path} {...(parent === '/wallet' && { only: 'narrow' })} /> }}
    >
      {props.children}
    </Page>
  );
}
