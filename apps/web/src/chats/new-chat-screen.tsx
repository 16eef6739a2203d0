import { useNavigate } from '@tanstack/react-router';
import { UsersRound } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, RowLink, StepButton } from '../app/link.tsx';
import { hexkeyIdIn } from '../contacts/invite-link.ts';
import { PersonContent } from '../contacts/person-row.tsx';
import { usePeople } from '../contacts/use-people.ts';
import { isGroupLink } from '../groups/take-group-invite.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { rowLook } from '../ui/list-row.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { TextField } from '../ui/text-field.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { peopleNamed } from './people-named.ts';
import { useOpenDirect } from './use-chats.ts';

/** /chats/new: a conversation with a contact, with anybody by Hexkey ID, or a group, new or of a link. */
export function NewChatScreen() {
  const t = useT();
  const navigate = useNavigate();
  const { groupInvite } = useDependencies();
  const contacts = usePeople('contacts');
  const direct = useOpenDirect();
  const [text, setText] = useState('');
  const { opened } = direct;
  useEffect(() => {
    if (opened !== null) void navigate({ to: '/chats/$chatId', params: { chatId: opened }, replace: true });
  }, [opened, navigate]);
  const hexkeyId = hexkeyIdIn(text);
  const found = peopleNamed(contacts.data ?? [], text);
  const groupLink = isGroupLink(text.trim()) ? text.trim() : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (groupLink !== null) {
      groupInvite.set(groupLink);
      return void navigate({ to: '/group-invite' });
    }
    const wanted = hexkeyId ?? (found.length === 1 ? found[0]?.hexkeyId : undefined);
    if (wanted !== undefined) direct.open(wanted);
  };
  return (
    <Page title={t('new-chat.title')} bar={{ start: <BackLink from="/chats/new" /> }}>
      <p className="text-muted">{t('new-chat.lead')}</p>
      <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-4">
        <TextField
          label={t('new-chat.search')}
          data-route-focus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {(hexkeyId !== null || groupLink !== null) && (
          <Button wide type="submit" disabled={direct.state.is === 'running'}>
            {t(groupLink === null ? 'new-chat.open' : 'group-invite.title')}
          </Button>
        )}
      </form>
      {direct.state.is === 'running' && <Waiting>{t('new-chat.opening')}</Waiting>}
      {direct.state.is === 'failed' && <ErrorNotice error={direct.state.error} />}
      <Card>
        <RowLink to="/chats/new-group" icon={<UsersRound aria-hidden="true" />} title={t('new-chat.group')} />
      </Card>
      {contacts.isPending && <SkeletonRows label={t('contacts.loading')} count={3} />}
      {contacts.isError && (
        <ErrorNotice
          error={contacts.error}
          actions={<Button onClick={() => void contacts.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {found.length > 0 && (
        <Card title={t('contacts.title')}>
          {found.map((person) => (
            <button
              key={person.hexkeyId}
              type="button"
              disabled={direct.state.is === 'running'}
              className={rowLook}
              onClick={() => direct.open(person.hexkeyId)}
            >
              <PersonContent person={person} />
            </button>
          ))}
        </Card>
      )}
      {contacts.data && found.length === 0 && hexkeyId === null && groupLink === null && (
        <div className="flex flex-col items-center gap-4 py-4 text-center text-balance text-muted">
          <p>{t(contacts.data.length === 0 ? 'new-chat.no-contacts' : 'new-chat.nobody')}</p>
          <StepButton tone="secondary" to="/profile">
            {t('chats.invite')}
          </StepButton>
        </div>
      )}
    </Page>
  );
}
