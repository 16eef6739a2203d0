import type { ChatMessage, ChatSummary } from '@hexkey/sdk';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { ChatPicture } from '../chats/chat-picture.tsx';
import { useChatDeed, useChats } from '../chats/use-chats.ts';
import { useChatName } from '../chats/use-names.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { rowLook } from '../ui/list-row.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';

/** Where a message is said again: in any conversation that something can be sent in. */
export function ForwardSheet({ message, onClose }: { message: ChatMessage; onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const nameOf = useChatName();
  const chats = useChats();
  const forward = useChatDeed((desk, { chatId }: ChatSummary) =>
    desk.forward(message.chatId, message.id, [chatId]),
  );
  const open =
    chats.data?.filter(
      ({ obstacle, isRequest }) => !isRequest && (obstacle === null || obstacle === 'joining'),
    ) ?? [];
  const choose = async (chat: ChatSummary) => {
    if (!(await forward.run(chat))) return;
    say(t('message.forwarded-to', { name: nameOf(chat) }));
    onClose();
  };
  return (
    <Sheet
      open
      title={t('message.forward-title')}
      onClose={onClose}
      actions={
        <Button wide tone="quiet" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      }
    >
      <p>{t('message.forward-lead')}</p>
      {chats.isPending && <SkeletonRows label={t('chats.loading')} count={3} />}
      {chats.isError && <ErrorNotice error={chats.error} />}
      {open.length > 0 && (
        <ul className="mt-4 max-h-80 divide-y divide-line overflow-y-auto rounded-card border border-line text-ink">
          {open.map((chat) => (
            <li key={chat.chatId}>
              <button
                type="button"
                disabled={forward.state.is === 'running'}
                className={rowLook}
                onClick={() => void choose(chat)}
              >
                <ChatPicture chat={chat} className="size-10 shrink-0" />
                <bdi className="min-w-0 truncate">{nameOf(chat)}</bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
      {forward.state.is === 'failed' && (
        <div className="mt-4">
          <ErrorNotice error={forward.state.error} />
        </div>
      )}
    </Sheet>
  );
}
