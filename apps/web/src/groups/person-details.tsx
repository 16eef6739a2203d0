import type { ChatSummary } from '@hexkey/sdk';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { ChatPicture } from '../chats/chat-picture.tsx';
import { useChatName } from '../chats/use-names.ts';
import { ReportSheet } from '../contacts/report-sheet.tsx';
import { usePeople, usePersonDeed } from '../contacts/use-people.ts';
import { useT } from '../i18n/use-t.ts';
import { HexkeyId } from '../more/hexkey-id.tsx';
import { SafetyRow } from '../safety/safety-row.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ChatOnDevice } from './chat-on-device.tsx';
import { ConfirmSheet } from './confirm-sheet.tsx';
import { TimerRow } from './timer-row.tsx';

/** The other side of a conversation of two. */
export function PersonDetails({ chat }: { chat: ChatSummary }) {
  const name = useChatName()(chat);
  const person = chat.peer?.person ?? null;
  return (
    <>
      <div className="flex flex-col items-center gap-1 py-2 text-center">
        <ChatPicture chat={chat} className="size-24" />
        <h2 className="mt-2 max-w-full truncate font-semibold text-title">
          <bdi>{name}</bdi>
        </h2>
        {person && <HexkeyId id={person.hexkeyId} />}
      </div>
      <SafetyRow chatId={chat.chatId} />
      <TimerRow chat={chat} />
      <ChatOnDevice chat={chat} />
      {person && person.kind === 'person' && <Relation hexkeyId={person.hexkeyId} name={name} />}
    </>
  );
}

/** Adding, blocking, and the end of both. */
function Relation({ hexkeyId, name }: { hexkeyId: string; name: string }) {
  const t = useT();
  const say = useToast();
  const [asks, setAsks] = useState<'block' | 'report' | null>(null);
  const contacts = usePeople('contacts');
  const blocked = usePeople('blocked');
  const add = usePersonDeed('add');
  const block = usePersonDeed('block');
  const unblock = usePersonDeed('unblock');
  const has = (list: typeof contacts) => list.data?.some((one) => one.hexkeyId === hexkeyId) ?? false;
  const isBusy = [add, block, unblock].some(({ state }) => state.is === 'running');
  const failure = [add.state, unblock.state].find((state) => state.is === 'failed');
  const act = async (deed: typeof add, said: string) => {
    if (await deed.run(hexkeyId)) say(said);
  };
  return (
    <Card title={t('chat-details.person')}>
      <div className="flex flex-wrap gap-2 p-4">
        {contacts.data && !has(contacts) && (
          <Button
            tone="secondary"
            disabled={isBusy}
            onClick={() => void act(add, t('add-contact.added', { name }))}
          >
            {t('message.add-contact')}
          </Button>
        )}
        {has(blocked) ? (
          <Button
            tone="secondary"
            disabled={isBusy}
            onClick={() => void act(unblock, t('blocked.ended', { name }))}
          >
            {t('chat-details.unblock')}
          </Button>
        ) : (
          <Button tone="secondary" disabled={isBusy} onClick={() => setAsks('block')}>
            {t('contacts.block')}
          </Button>
        )}
        <Button tone="secondary" disabled={isBusy} onClick={() => setAsks('report')}>
          {t('report.report')}
        </Button>
      </div>
      {failure?.is === 'failed' && (
        <div className="p-4">
          <ErrorNotice error={failure.error} />
        </div>
      )}
      {asks === 'report' && <ReportSheet hexkeyId={hexkeyId} name={name} onClose={() => setAsks(null)} />}
      {asks === 'block' && (
        <ConfirmSheet
          title={t('chat-details.block-title', { name })}
          lead={t('chat-details.block-lead')}
          deed={t('contacts.block')}
          operation={block}
          input={hexkeyId}
          onDone={() => say(t('contacts.blocked', { name }))}
          onClose={() => setAsks(null)}
        />
      )}
    </Card>
  );
}
