import { timerSeconds } from '@hexkey/protocol';
import type { ChatSummary } from '@hexkey/sdk';
import { Timer } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useChatDeed, useGroup } from '../chats/use-chats.ts';
import { useTimerName } from '../chats/use-timer-name.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { RowContent, rowLook } from '../ui/list-row.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** How long messages last here, for everybody in the conversation. */
export function TimerRow({ chat }: { chat: ChatSummary }) {
  const t = useT();
  const timerName = useTimerName();
  const role = useGroup(chat.chatId).data?.ownRole;
  const [isAsking, setAsking] = useState(false);
  const isOpen = chat.obstacle === null || chat.obstacle === 'joining';
  const mayRule = chat.kind === 'direct' || role === 'owner' || role === 'admin';
  const content = (
    <RowContent
      icon={<Timer aria-hidden="true" />}
      title={t('timer.title')}
      hint={mayRule ? undefined : t('timer.not-yours')}
      value={timerName(chat.timerSeconds)}
    />
  );
  return (
    <Card>
      {isOpen && mayRule ? (
        <button type="button" className={rowLook} onClick={() => setAsking(true)}>
          {content}
        </button>
      ) : (
        <div className={rowLook}>{content}</div>
      )}
      {isAsking && <TimerSheet chat={chat} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function TimerSheet({ chat, onClose }: { chat: ChatSummary; onClose: () => void }) {
  const t = useT();
  const timerName = useTimerName();
  const set = useChatDeed((chats, seconds: number) => chats.setTimer(chat.chatId, seconds));
  const choose = async (seconds: number) => {
    if (seconds === chat.timerSeconds || (await set.run(seconds))) onClose();
  };
  return (
    <Sheet
      open
      title={t('timer.title')}
      onClose={onClose}
      actions={
        <>
          {timerSeconds.map((seconds) => (
            <Button
              key={seconds}
              wide
              tone={seconds === chat.timerSeconds ? 'primary' : 'secondary'}
              disabled={set.state.is === 'running'}
              onClick={() => void choose(seconds)}
            >
              {timerName(seconds)}
            </Button>
          ))}
          <Button wide tone="quiet" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('timer.lead')}</p>
      {set.state.is === 'failed' && (
        <div className="mt-4">
          <ErrorNotice error={set.state.error} />
        </div>
      )}
    </Sheet>
  );
}
