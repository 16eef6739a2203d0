import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useT } from '../i18n/use-t.ts';
import { routeOf } from '../route-table.ts';
import { Page } from '../ui/page.tsx';
import { WalletDoor } from './wallet-door.tsx';
import { WalletHome } from './wallet-home.tsx';

/** The wallet, with the open page beside it where there is room, in its place where there is not; all of it behind its door. */
export function WalletLayout({ children }: { children: ReactNode }) {
  const t = useT();
  return (
    <WalletDoor frame={(closed) => <Page title={t('tab.wallet')}>{closed}</Page>}>
      <OpenWallet>{children}</OpenWallet>
    </WalletDoor>
  );
}

function OpenWallet({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const atHome = pathname === '/wallet';
  const filled = routeOf(pathname)?.fills === true;
  const List = atHome ? 'main' : 'aside';
  return (
    <div className={`flex wide:h-full ${filled ? 'h-full' : 'min-h-full'}`}>
      <List
        className={`w-full wide:block wide:w-100 wide:shrink-0 wide:overflow-y-auto wide:border-line wide:border-r ${atHome ? '' : 'hidden'}`}
      >
        <WalletHome heading={atHome ? 'h1' : 'h2'} />
      </List>
      <div
        data-page-scroll
        className={`min-w-0 flex-1 wide:block wide:overflow-y-auto ${filled ? 'overflow-y-auto' : ''} ${atHome ? 'hidden' : ''}`}
      >
        {children}
      </div>
    </div>
  );
}
