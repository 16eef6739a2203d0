import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Fragment, lazy, Suspense, useEffect } from 'react';
import { SeatKeeper } from '../accounts/seat-keeper.tsx';
import { AppLockGate } from '../app-lock/app-lock-gate.tsx';
import { NewVersion } from '../app-update/new-version.tsx';
import { ChatsLayout } from '../chats/chats-layout.tsx';
import { useChatsTold } from '../chats/use-chats.ts';
import { PageHelp } from '../help/page-help.tsx';
import { Notifications } from '../notifications/notifications.tsx';
import { pageOf, routeOf } from '../route-table.ts';
import { SettingsLayout } from '../settings/settings-layout.tsx';
import { SupportCorner } from '../support/support-corner.tsx';
import { useTeamHexkeyConnection } from '../team-hexkey/use-team-hexkey.ts';
import { CornerContext } from '../ui/corner.ts';
import { ToastRegion } from '../ui/toast.tsx';
import { useKeptAttempts } from '../unlock/use-kept-attempts.ts';
import { useWalletTold } from '../wallet/use-wallet.ts';
import { useClosedOutside } from '../wallet/use-wallet-access.ts';
import { useDependencies } from './app-dependencies.ts';
import { detourOf, isHomePage, mayShow } from './place-guard.ts';
import { StartGate } from './start-gate.tsx';
import { TabLayout } from './tab-layout.tsx';
import { usePageChange } from './use-page-change.ts';
import { useStanding } from './use-standing.ts';
import { useShownToast } from './use-toast.ts';

export function RootLayout() {
  return (
    <>
      <StartGate>
        <SeatKeeper />
        <Notifications />
        <AppLockGate>
          <GuardedPage />
        </AppLockGate>
      </StartGate>
      <NewVersion />
      <ToastRegion text={useShownToast()} />
    </>
  );
}

/** The page of the address if it may be shown, otherwise the way to where its reader belongs. */
function GuardedPage() {
  const { pathname } = useLocation();
  const standing = useStanding();
  useKeptAttempts();
  useClosedOutside(pathname);
  useTeamHexkeyConnection();
  useChatsTold();
  useWalletTold();
  return mayShow(pathname, standing) ? (
    <CornerContext
      value={
        <>
          <SupportCorner path={pathname} />
          <PageHelp path={pathname} />
        </>
      }
    >
      <Page path={pathname} />
    </CornerContext>
  ) : (
    <Redirect from={pathname} to={detourOf(pathname, standing)} />
  );
}

function Redirect({ from, to }: { from: string; to: string }) {
  const { wanted } = useDependencies();
  const navigate = useNavigate();
  useEffect(() => {
    if (isHomePage(from)) wanted.set(from);
    void navigate({ to, replace: true });
  }, [from, to, wanted, navigate]);
  return null;
}

function Page({ path }: { path: string }) {
  const { wanted, hexkey } = useDependencies();
  usePageChange();
  const page = pageOf(path);
  useEffect(() => {
    if (page !== null) hexkey.support.notePage(page);
  }, [page, hexkey]);
  useEffect(() => {
    if (wanted.get() !== null && isHomePage(path)) wanted.set(null);
  }, [path, wanted]);
  const { layout = 'bare', fills = false } = routeOf(path) ?? {};
  const { at } = useStanding();
  if (layout === 'bare' || (layout === 'help' && at !== 'home')) return <Outlet />;
  const List = layouts[layout];
  return (
    <TabLayout filled={fills}>
      <Suspense>
        <List>
          <Outlet />
        </List>
      </Suspense>
    </TabLayout>
  );
}

/** Fetched when the wallet is opened. */
const WalletLayout = lazy(async () => ({
  default: (await import('../wallet/wallet-layout.tsx')).WalletLayout,
}));

/** What stands beside a page. It stays while pages change. */
const layouts = {
  tab: Fragment,
  help: Fragment,
  chats: ChatsLayout,
  settings: SettingsLayout,
  wallet: WalletLayout,
} as const;
