import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { routePaths } from '../route-table.ts';
import { screens } from '../routes.tsx';
import { CrashScreen } from './crash-screen.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';
import { RootLayout } from './root-layout.tsx';

/** The router over the route table. Addresses are plain paths: of an account, at most the id of a conversation or of a transfer is in one. */
export function createAppRouter() {
  const root = createRootRoute({ component: RootLayout, notFoundComponent: NotFoundScreen });
  // The guard leads on from here before anything is shown.
  const index = createRoute({ getParentRoute: () => root, path: '/', component: () => null });
  const pages = routePaths.map((path) =>
    createRoute({ getParentRoute: () => root, path, component: screens[path] }),
  );
  return createRouter({
    routeTree: root.addChildren([index, ...pages]),
    defaultErrorComponent: CrashScreen,
    // A page that is fetched when it is wanted is on its way before the finger leaves the link.
    defaultPreload: 'intent',
  });
}
