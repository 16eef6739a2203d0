import { helpCollectionIds, helpCollections } from '@hexkey/contract';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ChevronRight, FileText, LifeBuoy, SearchX } from 'lucide-react';
import { useState } from 'react';
import { RowLink } from '../app/link.tsx';
import { entryOf } from '../app/place-guard.ts';
import { useStanding } from '../app/use-standing.ts';
import { useT } from '../i18n/use-t.ts';
import { iconButtonLook } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { rowLook } from '../ui/list-row.tsx';
import { Page } from '../ui/page.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { ArticleRows } from './article-rows.tsx';
import type { Library } from './library.ts';
import { searchArticles } from './search-articles.ts';

/** The collections, and a search through all articles. */
export function HelpShelves({ library }: { library: Library }) {
  const t = useT();
  const [query, setQuery] = useState('');
  return (
    <Page title={t('help.title')} bar={{ start: <BackOut /> }}>
      <SearchField label={t('help.search')} value={query} onChange={setQuery} />
      {query.trim() === '' ? <Collections library={library} /> : <Found library={library} query={query} />}
      <Card>
        <RowLink
          to="/support"
          icon={<LifeBuoy aria-hidden="true" />}
          title={t('support.submit')}
          hint={t('support.submit-hint')}
        />
        <RowLink to="/support/logs" icon={<FileText aria-hidden="true" />} title={t('device-log.title')} />
      </Card>
    </Page>
  );
}

function Collections({ library }: { library: Library }) {
  const t = useT();
  return (
    <Card>
      {helpCollectionIds.map((id) => (
        <Link key={id} to="/help/$collectionId" params={{ collectionId: id }} className={rowLook}>
          <span className="min-w-0 flex-1">
            <span className="block font-medium">{library.collections[id].title}</span>
            <span className="block text-muted text-sm">{library.collections[id].lead}</span>
            <span className="figures block text-muted text-sm">
              {t('help.articles', { count: helpCollections[id].length })}
            </span>
          </span>
          <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </Link>
      ))}
    </Card>
  );
}

function Found({ library, query }: { library: Library; query: string }) {
  const t = useT();
  const found = searchArticles(library, query);
  return (
    <>
      <p role="status" className={found.length === 0 ? 'sr-only' : 'text-muted text-sm'}>
        {t('help.found', { count: found.length })}
      </p>
      {found.length === 0 ? (
        <EmptyState icon={<SearchX aria-hidden="true" />} title={t('help.none-title')}>
          {t('help.none')}
        </EmptyState>
      ) : (
        <ArticleRows library={library} articleIds={found} />
      )}
    </>
  );
}

/** Back to where the reader came in: settings of the open account, else where a login stands. */
function BackOut() {
  const t = useT();
  const standing = useStanding();
  return (
    <Link
      to={standing.at === 'home' ? '/settings' : entryOf(standing)}
      aria-label={t('action.back')}
      title={t('action.back')}
      className={iconButtonLook}
    >
      <ArrowLeft aria-hidden="true" className="size-5" />
    </Link>
  );
}
