import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useOperation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { TextField } from '../ui/text-field.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { groupNameLimit } from './group-name.ts';
import { PeoplePicker } from './people-picker.tsx';

/** /chats/new-group: a name, and whoever is in it from the beginning. */
export function NewGroupScreen() {
  const t = useT();
  const navigate = useNavigate();
  const { chats } = useDependencies().hexkey;
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const create = useOperation(async () => {
    const chatId = await chats.createGroup(name.trim(), chosen);
    await navigate({ to: '/chats/$chatId', params: { chatId }, replace: true });
  });
  const isBusy = create.state.is === 'running';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') void create.run();
  };
  return (
    <Page title={t('new-group.title')} bar={{ start: <BackLink from="/chats/new-group" /> }}>
      <p className="text-muted">{t('new-group.lead')}</p>
      <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-6">
        <TextField
          label={t('new-group.name')}
          data-route-focus
          maxLength={groupNameLimit}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <PeoplePicker chosen={chosen} onChange={setChosen} />
        {create.state.is === 'failed' && <ErrorNotice error={create.state.error} />}
        {isBusy && <Waiting>{t('new-group.creating')}</Waiting>}
        <Button wide type="submit" disabled={name.trim() === '' || isBusy}>
          {t('new-group.create')}
        </Button>
      </form>
    </Page>
  );
}
