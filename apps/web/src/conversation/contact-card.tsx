import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { useOpenDirect } from '../chats/use-chats.ts';
import { usePeople, usePersonDeed } from '../contacts/use-people.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { HexagonAvatar } from '../ui/hexagon-avatar.tsx';

/** Somebody who was recommended. The name is the sender's word; the Hexkey ID says who it is. */
export function ContactCard(props: { hexkeyId: string; name: string | null; tabIndex: number }) {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const { hexkeyId, name, tabIndex } = props;
  const contacts = usePeople('contacts');
  const add = usePersonDeed('add');
  const direct = useOpenDirect();
  const isContact = contacts.data?.some((one) => one.hexkeyId === hexkeyId) ?? false;
  useEffect(() => {
    if (direct.opened !== null) void navigate({ to: '/chats/$chatId', params: { chatId: direct.opened } });
  }, [direct.opened, navigate]);
  const submit = async () => {
    if (await add.run(hexkeyId)) say(t('add-contact.added', { name: name ?? hexkeyId }));
  };
  const failure = [add.state, direct.state].find((state) => state.is === 'failed');
  return (
    <div className="flex min-w-52 flex-col gap-2 py-1">
      <div className="flex items-center gap-3">
        <HexagonAvatar name={name} className="size-11 shrink-0" />
        <span className="min-w-0">
          <span className="block truncate font-medium">
            <bdi>{name ?? t('contacts.nameless')}</bdi>
          </span>
          <span className="figures block text-muted text-sm">{hexkeyId}</span>
        </span>
      </div>
      <div className="flex flex-wrap gap-1">
        <Button
          tone="secondary"
          tabIndex={tabIndex}
          disabled={direct.state.is === 'running'}
          onClick={() => direct.open(hexkeyId)}
        >
          {t('message.open-contact')}
        </Button>
        {contacts.data && !isContact && (
          <Button
            tone="quiet"
            tabIndex={tabIndex}
            disabled={add.state.is === 'running'}
            onClick={() => void submit()}
          >
            {t('message.add-contact')}
          </Button>
        )}
      </div>
      {failure?.is === 'failed' && <ErrorNotice error={failure.error} />}
    </div>
  );
}
