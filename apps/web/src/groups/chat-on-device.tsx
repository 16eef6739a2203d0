import type { ChatSummary } from '@hexkey/sdk';
import { useNavigate } from '@tanstack/react-router';
import { Bell, BellOff, Eraser, Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useToast } from '../app/use-toast.ts';
import { isMuted } from '../chats/is-muted.ts';
import { useChatDeed } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { Card } from '../ui/card.tsx';
import { rowLook } from '../ui/list-row.tsx';
import { ConfirmSheet } from './confirm-sheet.tsx';
import { MuteSheet } from './mute-sheet.tsx';

/** What a conversation does on this device: where it stands, whether it speaks up, and its end here. */
export function ChatOnDevice({ chat }: { chat: ChatSummary }) {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const { dateTime } = useFormatTime();
  const { clock } = useDependencies();
  const [asks, setAsks] = useState<'mute' | 'clear' | null>(null);
  const { chatId, isPinned, mutedUntilMs } = chat;
  const pin = useChatDeed((chats, next: boolean) => chats.pin(chatId, next));
  const mute = useChatDeed((chats, untilMs: number | null) => chats.mute(chatId, untilMs));
  const clear = useChatDeed((chats, id: string) => chats.clear(id));
  const muted = isMuted(chat, clock.now());
  const until =
    mutedUntilMs === Number.POSITIVE_INFINITY
      ? t('chat-details.muted-always')
      : t('chat-details.muted-until', { time: dateTime(mutedUntilMs ?? 0) });
  const failure = [pin.state, mute.state].find((state) => state.is === 'failed');
  const PinSign = isPinned ? PinOff : Pin;
  const BellSign = muted ? Bell : BellOff;
  return (
    <Card>
      <button type="button" className={rowLook} onClick={() => void pin.run(!isPinned)}>
        <PinSign aria-hidden="true" className="size-5 text-muted" />
        {t(isPinned ? 'chat-details.unpin' : 'chat-details.pin')}
      </button>
      <button
        type="button"
        className={rowLook}
        onClick={() => (muted ? void mute.run(null) : setAsks('mute'))}
      >
        <BellSign aria-hidden="true" className="size-5 text-muted" />
        <span className="flex-1">{t(muted ? 'chat-details.unmute' : 'chat-details.mute')}</span>
        {muted && <span className="figures text-right text-muted text-sm">{until}</span>}
      </button>
      <button type="button" className={`${rowLook} text-danger`} onClick={() => setAsks('clear')}>
        <Eraser aria-hidden="true" className="size-5" />
        {t('chat-details.clear')}
      </button>
      {failure?.is === 'failed' && (
        <div className="p-4">
          <ErrorNotice error={failure.error} />
        </div>
      )}
      {asks === 'mute' && <MuteSheet mute={mute} onClose={() => setAsks(null)} />}
      {asks === 'clear' && (
        <ConfirmSheet
          title={t('chat-details.clear-title')}
          lead={t('chat-details.clear-lead')}
          deed={t('chat-details.clear')}
          operation={clear}
          input={chatId}
          onDone={() => {
            say(t('chat-details.cleared'));
            void navigate({ to: '/chats' });
          }}
          onClose={() => setAsks(null)}
        />
      )}
    </Card>
  );
}
