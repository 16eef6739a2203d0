import { Bug } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { useDependencies } from './app-dependencies.ts';

/** A fault of ours. Says nothing of the error itself: it may quote what was typed. */
export function CrashScreen() {
  const t = useT();
  const { browser } = useDependencies();
  return (
    <BareScreen
      title={t('crashed.title')}
      lead={t('crashed.lead')}
      hero={<Bug aria-hidden="true" className="mb-4 size-12 stroke-[1.25] text-danger" />}
      footer={
        <Button wide onClick={browser.updates.beginNewest}>
          {t('update.reload')}
        </Button>
      }
    />
  );
}
