import type { Words } from '@hexkey/sdk';
import { useT } from '../i18n/use-t.ts';
import { WordsGrid } from '../ui/words-grid.tsx';
import { HiddenWords } from './hidden-words.tsx';
import { useSeen } from './use-seen.ts';
import { WordsElsewhere } from './words-elsewhere.tsx';

/** Words to be written down. They leave the page, not only the sight, as soon as the window is not looked at. */
export function SecretWords({ words }: { words: Words }) {
  const t = useT();
  const { isSeen, show } = useSeen();
  const list = words.reveal();
  return (
    <div className="flex flex-col gap-4">
      <WordsGrid label={t('words.list')} count={list.length} words={isSeen ? list : null} />
      {isSeen ? (
        <>
          <p className="text-muted">{t('words.offer-not-pin')}</p>
          <WordsElsewhere words={words} />
        </>
      ) : (
        <HiddenWords onShow={show} />
      )}
    </div>
  );
}
