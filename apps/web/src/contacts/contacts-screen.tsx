import type { PersonView } from '@hexkey/contract';
import { ChevronRight, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { rowLook } from '../ui/list-row.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { PersonContent } from './person-row.tsx';
import { PersonSheet } from './person-sheet.tsx';
import { usePeople } from './use-people.ts';

/** /contacts: everybody I added. They are not told. */
export function ContactsScreen() {
  const t = useT();
  const contacts = usePeople('contacts');
  const [chosen, setChosen] = useState<PersonView | null>(null);
  return (
    <Page title={t('contacts.title')} bar={{ start: <BackLink from="/contacts" /> }}>
      <div>
        <StepButton to="/contacts/add">{t('contacts.add')}</StepButton>
      </div>
      {contacts.isPending && <SkeletonRows label={t('contacts.loading')} count={3} />}
      {contacts.isError && (
        <ErrorNotice
          error={contacts.error}
          actions={<Button onClick={() => void contacts.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {contacts.data?.length === 0 && (
        <EmptyState icon={<UsersRound aria-hidden="true" />} title={t('contacts.empty-title')}>
          {t('contacts.empty')}
        </EmptyState>
      )}
      {contacts.data && contacts.data.length > 0 && (
        <ul
          aria-label={t('contacts.title')}
          className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface"
        >
          {contacts.data.map((person) => (
            <li key={person.hexkeyId}>
              <button type="button" className={rowLook} onClick={() => setChosen(person)}>
                <PersonContent person={person}>
                  <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
                </PersonContent>
              </button>
            </li>
          ))}
        </ul>
      )}
      {chosen && <PersonSheet person={chosen} onClose={() => setChosen(null)} />}
    </Page>
  );
}
