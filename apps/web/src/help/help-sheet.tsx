import type { HelpArticleId } from '@hexkey/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { useLibrary } from './use-library.ts';

/** An article in front of the page, and whatever other articles it leads to. */
export function HelpSheet(props: { articleId: HelpArticleId; onClose: () => void }) {
  const t = useT();
  const [articleId, open] = useState(props.articleId);
  const library = useLibrary();
  const room = useQuery({
    queryKey: ['help-sheet-room'],
    queryFn: () => import('./sheet-article.tsx'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const article = library.data?.articles[articleId];
  const hasFailed = library.isError || room.isError;
  const again = () => Promise.all([library.refetch(), room.refetch()]);
  return createPortal(
    <Sheet
      open
      title={article?.title ?? t('help.title')}
      onClose={props.onClose}
      actions={
        <>
          {hasFailed && (
            <Button wide onClick={() => void again()}>
              {t('action.try-again')}
            </Button>
          )}
          <Button wide tone="secondary" onClick={props.onClose}>
            {t('action.close')}
          </Button>
        </>
      }
    >
      {article && room.data ? (
        <room.data.SheetArticle articleId={articleId} article={article} onOpen={open} />
      ) : hasFailed ? (
        <p role="alert">{t('help.not-loaded')}</p>
      ) : (
        <Waiting>{t('help.loading')}</Waiting>
      )}
    </Sheet>,
    document.body,
  );
}
