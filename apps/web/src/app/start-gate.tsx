import type { ReactNode } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Mark } from '../ui/mark.tsx';
import { useDependencies } from './app-dependencies.ts';
import { useStore } from './store.ts';
import { TakeoverScreen } from './takeover-screen.tsx';
import { useStart } from './use-place.ts';

/** Shows the client once it is known where the owner stands, or the page that must come first. */
export function StartGate({ children }: { children: ReactNode }) {
  const takeover = useStore(useDependencies().takeover);
  // Leaving a takeover mounts the start anew, so that the server is asked again.
  return takeover ? <TakeoverScreen takeover={takeover} /> : <Started>{children}</Started>;
}

function Started({ children }: { children: ReactNode }) {
  const t = useT();
  if (useStart()) return children;
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-4">
      <Mark className="size-20 animate-pulse" />
      <p role="status" className="animate-[rise_160ms_400ms_both] text-muted">
        {t('app.starting')}
      </p>
    </main>
  );
}
