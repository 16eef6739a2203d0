import type { HelpArticleId } from '@hexkey/contract';
import { Users } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { useArticleCounts } from './use-help-counts.ts';

/** How many people read an article: nothing for none, and nothing when it is not known. */
export function ReaderBadge({ articleId }: { articleId: HelpArticleId }) {
  const t = useT();
  const counts = useArticleCounts(articleId);
  if (counts === null || counts.readers === 0) return null;
  return (
    <span className="figures inline-flex items-center gap-1.5 text-muted text-sm">
      <Users aria-hidden="true" className="size-4" />
      {t('help.readers', { count: counts.readers })}
    </span>
  );
}
