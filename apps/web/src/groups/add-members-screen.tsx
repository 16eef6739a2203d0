import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useOperation } from '../app/use-operation.ts';
import { useToast } from '../app/use-toast.ts';
import { useChatId } from '../chats/use-chat-id.ts';
import { useGroup } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { PeoplePicker } from './people-picker.tsx';

/** /chats/$chatId/add: more people for a group. */
export function AddMembersScreen() {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const chatId = useChatId();
  const { chats } = useDependencies().hexkey;
  const group = useGroup(chatId);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const add = useOperation(async () => {
    await chats.addMembers(chatId, chosen);
    say(t('add-members.added', { count: chosen.length }));
    await navigate({ to: '/chats/$chatId/details', params: { chatId } });
  });
  const isBusy = add.state.is === 'running';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen.length > 0) void add.run();
  };
  const isIn = new Set(group.data?.members.flatMap(({ person }) => person?.hexkeyId ?? []));
  return (
    <Page title={t('add-members.title')} bar={{ start: <BackLink from="/chats/$chatId/add" /> }}>
      {group.isError && <ErrorNotice error={group.error} />}
      <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-6">
        <PeoplePicker chosen={chosen} onChange={setChosen} without={isIn} />
        {add.state.is === 'failed' && <ErrorNotice error={add.state.error} />}
        {isBusy && <Waiting>{t('add-members.adding')}</Waiting>}
        <Button wide type="submit" disabled={chosen.length === 0 || isBusy}>
          {t('add-members.add')}
        </Button>
      </form>
    </Page>
  );
}
