import { CloudOff } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { useDependencies } from './app-dependencies.ts';
import { useOnline } from './use-online.ts';

/** A page whose code did not come. Nothing else is lost: what is on this device goes on working. */
export function NotFetchedScreen({ onRetry }: { onRetry: () => void }) {
  const t = useT();
  const { browser } = useDependencies();
  const online = useOnline();
  return (
    <Page title={t(online ? 'not-fetched.title' : 'not-fetched.offline-title')}>
      <EmptyState
        icon={<CloudOff aria-hidden="true" />}
        title={t(online ? 'not-fetched.failed' : 'not-fetched.offline')}
      >
        <p>{t(online ? 'not-fetched.failed-next' : 'not-fetched.offline-next')}</p>
        <div className="mt-6 flex flex-wrap justify-center gap-2">
          <Button onClick={onRetry}>{t('action.try-again')}</Button>
          {online && (
            <Button tone="secondary" onClick={browser.updates.beginNewest}>
              {t('update.reload')}
            </Button>
          )}
        </div>
      </EmptyState>
    </Page>
  );
}
