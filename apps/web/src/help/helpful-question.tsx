import type { HelpArticleId } from '@hexkey/contract';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { useArticleCounts } from './use-help-counts.ts';

/** "Was this helpful?", and what others said. */
export function HelpfulQuestion({ articleId }: { articleId: HelpArticleId }) {
  const t = useT();
  const { hexkey } = useDependencies();
  const [isAnswered, setAnswered] = useState(false);
  const counts = useArticleCounts(articleId);
  const answer = useOperation(async (said: 'helpful' | 'not-helpful') => {
    await hexkey.help.note(articleId, said);
    setAnswered(true);
  });
  const opinions = counts === null ? 0 : counts.helpful + counts.notHelpful;
  return (
    <section className="mt-2 flex flex-col gap-3 border-line border-t pt-6">
      {isAnswered ? (
        <p role="status">{t('help.thanks')}</p>
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="font-medium">{t('help.helpful')}</h2>
          <div className="flex gap-2">
            <Button
              tone="secondary"
              disabled={answer.state.is === 'running'}
              onClick={() => void answer.run('helpful')}
            >
              {t('help.yes')}
            </Button>
            <Button
              tone="secondary"
              disabled={answer.state.is === 'running'}
              onClick={() => void answer.run('not-helpful')}
            >
              {t('help.no')}
            </Button>
          </div>
        </div>
      )}
      {counts !== null && opinions > 0 && (
        <p className="figures text-muted text-sm">
          {t('help.found-helpful', { helpful: counts.helpful, count: opinions })}
        </p>
      )}
      {answer.state.is === 'failed' && (
        <p role="alert" className="text-danger">
          {t('help.not-counted')}
        </p>
      )}
    </section>
  );
}
