import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { pageOf } from '../route-table.ts';
import { IconButton } from '../ui/button.tsx';
import { HelpSheet } from './help-sheet.tsx';
import { pageArticles } from './page-articles.ts';

/** In the corner of each page that has an article of its own. */
export function PageHelp({ path }: { path: string }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const page = pageOf(path);
  const articleId = page === null ? undefined : pageArticles[page];
  if (articleId === undefined) return null;
  return (
    <>
      <IconButton label={t('help.title')} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <CircleHelp aria-hidden="true" className="size-5" />
      </IconButton>
      {isOpen && <HelpSheet key={path} articleId={articleId} onClose={() => setOpen(false)} />}
    </>
  );
}
