import { useNavigate } from '@tanstack/react-router';
import { Phone } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, RowLink } from '../app/link.tsx';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Page } from '../ui/page.tsx';
import { TextField } from '../ui/text-field.tsx';
import { FoundPerson } from './found-person.tsx';
import { hexkeyIdIn } from './invite-link.ts';
import { ScanQr } from './scan-qr.tsx';
import { useFindPerson } from './use-people.ts';

/** /contacts/add: somebody is found by Hexkey ID, typed or scanned. */
export function AddContactScreen() {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const search = useFindPerson();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState(false);
  const look = (wanted: string) => {
    const hexkeyId = hexkeyIdIn(wanted);
    setRefused(hexkeyId === null);
    if (hexkeyId !== null) void search.run(hexkeyId);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(text);
  };
  const edit = (next: string) => {
    setRefused(false);
    search.forget();
    setText(next);
  };
  const scanned = (found: string) => {
    edit(hexkeyIdIn(found) ?? '');
    look(found);
  };
  const added = (name: string) => {
    say(t('add-contact.added', { name }));
    void navigate({ to: '/contacts' });
  };
  return (
    <Page title={t('add-contact.title')} bar={{ start: <BackLink from="/contacts/add" /> }}>
      <p className="text-muted">{t('add-contact.lead')}</p>
      <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-4">
        <TextField
          label={t('account.id')}
          inputMode="numeric"
          data-route-focus
          value={text}
          onChange={(event) => edit(event.target.value)}
          problem={refused ? t('add-contact.not-an-id') : undefined}
        />
        <Button wide type="submit" disabled={text === '' || search.state.is === 'running'}>
          {t('add-contact.find')}
        </Button>
      </form>
      {search.state.is === 'failed' && <ErrorNotice error={search.state.error} />}
      {search.found && <FoundPerson person={search.found} onAdded={added} />}
      <ScanQr onScanned={scanned} />
      <Card>
        <RowLink
          to="/contacts/add/phone"
          icon={<Phone aria-hidden="true" />}
          title={t('add-by-phone.row')}
          hint={t('add-by-phone.row-hint')}
        />
      </Card>
    </Page>
  );
}
