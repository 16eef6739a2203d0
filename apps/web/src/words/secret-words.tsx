import type { Words } from '@hexkey/sdk';
import { Eye, EyeOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { WordsGrid } from '../ui/words-grid.tsx';

/** Words to be written down. They leave the page, not only the sight, as soon as the window is not looked at. */
export function SecretWords({ words }: { words: Words }) {
  const t = useT();
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    const hide = () => setHidden(true);
    window.addEventListener('blur', hide);
    document.addEventListener('visibilitychange', hide);
    return () => {
      window.removeEventListener('blur', hide);
      document.removeEventListener('visibilitychange', hide);
    };
  }, []);
  const list = words.reveal();
  return (
    <div className="flex flex-col gap-4">
      <WordsGrid label={t('words.list')} count={list.length} words={hidden ? null : list} />
      {hidden ? (
        <div className="flex flex-col items-center gap-2">
          <p role="status" className="flex items-center gap-2 text-muted">
            <EyeOff aria-hidden="true" className="size-5" />
            {t('words.hidden')}
          </p>
          <Button tone="secondary" onClick={() => setHidden(false)}>
            <Eye aria-hidden="true" className="size-5" />
            {t('action.show-again')}
          </Button>
        </div>
      ) : (
        <p className="text-muted">{t('words.offer-not-pin')}</p>
      )}
    </div>
  );
}
