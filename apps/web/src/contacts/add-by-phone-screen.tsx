import { Secret } from '@hexkey/protocol';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import type { PhoneEntry } from '../onboarding/phone-number.ts';
import { usePhoneNumbers } from '../onboarding/use-phone-verification.ts';
import { PhoneFields, usePhoneEntry } from '../phone/phone-fields.tsx';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { FoundPerson } from './found-person.tsx';
import { useFindByPhone } from './use-people.ts';

/** /contacts/add/phone: somebody is found by their number, if they allow it. */
export function AddByPhoneScreen() {
  const t = useT();
  const numbers = usePhoneNumbers();
  return (
    <Page title={t('add-by-phone.title')} bar={{ start: <BackLink from="/contacts/add/phone" /> }}>
      <p className="text-muted">{t('add-by-phone.lead')}</p>
      {numbers.data && <Search numbers={numbers.data} />}
      {numbers.isPending && <Waiting>{t('phone.loading')}</Waiting>}
      {numbers.isError && (
        <ErrorNotice
          error={numbers.error}
          actions={<Button onClick={() => void numbers.refetch()}>{t('action.retry')}</Button>}
        />
      )}
    </Page>
  );
}

function Search({ numbers }: { numbers: typeof import('../onboarding/phone-number.ts') }) {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const search = useFindByPhone();
  const [entry, setEntry] = usePhoneEntry(numbers);
  const [refused, setRefused] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const e164 = numbers.e164Of(entry);
    setRefused(e164 === null);
    if (e164 !== null) void search.run(new Secret(e164));
  };
  const change = (next: PhoneEntry) => {
    setRefused(false);
    search.forget();
    setEntry(next);
  };
  const added = (name: string) => {
    say(t('add-contact.added', { name }));
    void navigate({ to: '/contacts' });
  };
  return (
    <>
      <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-4">
        <PhoneFields numbers={numbers} entry={entry} onChange={change} refused={refused} />
        <Button wide type="submit" disabled={entry.text === '' || search.state.is === 'running'}>
          {t('add-contact.find')}
        </Button>
      </form>
      {search.isNobody && (
        <p role="status" className="text-muted">
          {t('add-by-phone.nobody')}
        </p>
      )}
      {search.state.is === 'failed' && <ErrorNotice error={search.state.error} />}
      {search.found && <FoundPerson person={search.found} onAdded={added} />}
    </>
  );
}
