import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { PersonContent } from '../contacts/person-row.tsx';
import { ScanQr } from '../contacts/scan-qr.tsx';
import { usePeople } from '../contacts/use-people.ts';
import { useT } from '../i18n/use-t.ts';
import { UnderWayNotice } from '../transfers/under-way-notice.tsx';
import { Button } from '../ui/button.tsx';
import { rowLook } from '../ui/list-row.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { Waiting } from '../ui/waiting.tsx';
import type { Payee } from './send-flow.ts';
import { useFindPayee } from './use-find-payee.ts';

/** Whom the money goes to: a contact, a Hexkey ID, or an address, typed, pasted or scanned. */
export function RecipientStep({ onChosen }: { onChosen: (to: Payee) => void }) {
  const t = useT();
  const [text, setText] = useState('');
  const contacts = usePeople('contacts');
  const search = useFindPayee(onChosen);
  useFocusOnMount();
  const wanted = text.trim().toLowerCase();
  const found = (contacts.data ?? []).filter(
    ({ name, hexkeyId }) => (name ?? '').toLowerCase().includes(wanted) || hexkeyId.startsWith(wanted),
  );
  const edit = (next: string) => {
    search.forget();
    setText(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [only] = found;
    if (found.length === 1 && only) search.choose(only);
    else search.look(text);
  };
  const scanned = (code: string) => {
    edit(code.slice(0, 200));
    search.look(code);
  };
  return (
    <>
      <UnderWayNotice />
      <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-3">
        <TextField
          label={t('send.find')}
          data-route-focus
          autoCapitalize="none"
          spellCheck={false}
          value={text}
          onChange={(event) => edit(event.target.value)}
          problem={search.problem === null ? undefined : t(search.problem)}
        />
        <Button wide type="submit" disabled={wanted === '' || search.state.is === 'running'}>
          {t('send.next')}
        </Button>
        {search.state.is === 'running' && <Waiting>{t('send.looking')}</Waiting>}
        {search.state.is === 'failed' && <ErrorNotice error={search.state.error} />}
      </form>
      <section>
        <h2 className="mb-2 font-medium text-muted text-sm">{t('send.contacts')}</h2>
        {contacts.isPending && <SkeletonRows label={t('contacts.loading')} count={3} />}
        {contacts.isError && (
          <ErrorNotice
            error={contacts.error}
            actions={<Button onClick={() => void contacts.refetch()}>{t('action.retry')}</Button>}
          />
        )}
        {contacts.data?.length === 0 && <p className="text-muted">{t('send.no-contacts')}</p>}
        {found.length > 0 && (
          <ul
            aria-label={t('send.contacts')}
            className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface"
          >
            {found.map((person) => (
              <li key={person.hexkeyId}>
                <button type="button" className={rowLook} onClick={() => search.choose(person)}>
                  <PersonContent person={person} />
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <ScanQr onScanned={scanned} />
    </>
  );
}
