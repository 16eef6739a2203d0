import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useStore } from '../app/store.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** "New version, reload", where nothing is interrupted by it. */
export function UpdateBar() {
  const t = useT();
  const { browser, busy } = useDependencies();
  const isBusy = useStore(busy).length > 0;
  const [state, setState] = useState<'offered' | 'beginning' | 'elsewhere' | 'postponed'>('offered');
  // Not `useOperation`: that one is what a new version waits for.
  const begin = async () => {
    setState('beginning');
    if (!(await browser.updates.begin())) setState('elsewhere');
  };
  if (state === 'postponed' || isBusy) return null;
  return (
    <aside
      aria-label={t('update.new')}
      className="fixed inset-x-4 top-4 z-20 mx-auto max-w-md rounded-card bg-surface"
    >
      <Notice
        tone="info"
        title={t('update.new')}
        actions={
          <>
            <Button disabled={state === 'beginning'} onClick={() => void begin()}>
              {t('update.reload')}
            </Button>
            <Button tone="quiet" onClick={() => setState('postponed')}>
              {t('action.later')}
            </Button>
          </>
        }
      >
        <span role="status">{t(state === 'elsewhere' ? 'update.elsewhere' : 'update.new-lead')}</span>
      </Notice>
    </aside>
  );
}
