import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { routeOf } from '../route-table.ts';
import { SettingsLayout } from '../settings/settings-layout.tsx';
import { ToastRegion } from '../ui/toast.tsx';
import { useDependencies } from './app-dependencies.ts';
import { entryOf, isHomePage, mayShow } from './place-guard.ts';
import { StartGate } from './start-gate.tsx';
import { TabLayout } from './tab-layout.tsx';
import { usePageChange } from './use-page-change.ts';
import { useStanding } from './use-standing.ts';
import { useShownToast } from './use-toast.ts';

export function RootLayout() {
  return (
    <>
      <StartGate>
        <GuardedPage />
      </StartGate>
      <ToastRegion text={useShownToast()} />
    </>
  );
}

/** The page of the address if it may be shown, otherwise the way to where its reader belongs. */
function GuardedPage() {
  const { pathname } = useLocation();
  const standing = useStanding();
  return mayShow(pathname, standing) ? (
    <Page path={pathname} />
  ) : (
    <Redirect from={pathname} to={entryOf(standing)} />
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
  const { wanted } = useDependencies();
  usePageChange();
  useEffect(() => {
    if (wanted.get() !== null && isHomePage(path)) wanted.set(null);
  }, [path, wanted]);
  const layout = routeOf(path)?.layout ?? 'bare';
  if (layout === 'bare') return <Outlet />;
  return (
    <TabLayout>
      {layout === 'settings' ? (
        <SettingsLayout>
          <Outlet />
        </SettingsLayout>
      ) : (
        <Outlet />
      )}
    </TabLayout>
  );
}
