import type { ReactNode } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Waiting } from '../ui/waiting.tsx';
import type { Library } from './library.ts';
import { useLibrary } from './use-library.ts';

/** Shows a page of the help centre once the articles are there, or why they are not. */
export function LibraryGate({ children }: { children: (library: Library) => ReactNode }) {
  const t = useT();
  const library = useLibrary();
  if (library.data) return children(library.data);
  return (
    <Page title={t('help.title')}>
      {library.isError ? (
        <Notice
          urgent
          tone="warn"
          title={t('help.not-loaded')}
          actions={<Button onClick={() => void library.refetch()}>{t('action.try-again')}</Button>}
        />
      ) : (
        <Waiting>{t('help.loading')}</Waiting>
      )}
    </Page>
  );
}
