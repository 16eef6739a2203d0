import { editWindowMs } from '@hexkey/protocol';
import type { ChatMessage, ChatSummary } from '@hexkey/sdk';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useCopy } from '../app/use-copy.ts';
import { useChatDeed, useGroup, usePinnedMessages } from '../chats/use-chats.ts';
import { useLineOf } from '../chats/use-line-of.ts';
import { useNameOf } from '../chats/use-names.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { EditSheet } from './edit-sheet.tsx';
import { ForwardSheet } from './forward-sheet.tsx';
import { ReactionPicker } from './reaction-picker.tsx';

/** What can be done with a message: react, answer, copy, forward, pin, change, send again, delete. */
export function MessageSheet(props: {
  chat: ChatSummary;
  message: ChatMessage;
  onReply: (message: ChatMessage) => void;
  onClose: () => void;
}) {
  const t = useT();
  const copy = useCopy();
  const { chat, message, onClose } = props;
  const isDirect = chat.kind === 'direct';
  const name = useNameOf()(message.sender);
  const line = useLineOf()(message, isDirect);
  const { clock } = useDependencies();
  const [asks, setAsks] = useState<'delete' | 'edit' | 'forward' | null>(null);
  const mayRule = useMayRule(chat);
  const resend = useChatDeed((chats, id: string) => chats.resend(chat.chatId, id));
  const isPinned = usePinnedMessages(chat.chatId).data?.some(({ id }) => id === message.id) ?? false;
  const pin = useChatDeed((chats, next: boolean) => chats.pinMessage(chat.chatId, message.id, next));
  const then = (work: () => void) => () => {
    onClose();
    work();
  };
  const { content } = message;
  if (asks === 'delete') return <DeleteSheet chat={chat} message={message} onClose={onClose} />;
  if (asks === 'forward') return <ForwardSheet message={message} onClose={onClose} />;
  if (asks === 'edit' && content.kind === 'text')
    return <EditSheet message={message} text={content.text} onClose={onClose} />;
  // Whatever is sent to whoever asks is an answer: that is for the owner to say first.
  const isOpen = !chat.isRequest && (chat.obstacle === null || chat.obstacle === 'joining');
  const isSent = wasSent(message);
  const isNew = clock.now() - message.sentAtMs <= editWindowMs;
  const canEdit = content.kind === 'text' && message.sender.isSelf && isOpen && isNew;
  const isWhole =
    content.kind === 'text' ||
    content.kind === 'contact' ||
    content.kind === 'transfer' ||
    content.kind === 'poll' ||
    content.kind === 'attachment';
  return (
    <Sheet
      open
      title={name}
      onClose={onClose}
      actions={
        <>
          {message.state === 'failed' && (
            <Button wide onClick={then(() => void resend.run(message.id))}>
              {t('message.send-again')}
            </Button>
          )}
          {isWhole && isOpen && (
            <Button wide tone="secondary" onClick={then(() => props.onReply(message))}>
              {t('message.reply')}
            </Button>
          )}
          {content.kind === 'text' && (
            <Button wide tone="secondary" onClick={then(() => copy(content.text))}>
              {t('message.copy')}
            </Button>
          )}
          {(content.kind === 'text' || content.kind === 'contact') && (
            <Button wide tone="secondary" onClick={() => setAsks('forward')}>
              {t('message.forward')}
            </Button>
          )}
          {isWhole && isOpen && isSent && (chat.kind === 'direct' || mayRule) && (
            <Button wide tone="secondary" onClick={then(() => void pin.run(!isPinned))}>
              {t(isPinned ? 'message.unpin' : 'message.pin')}
            </Button>
          )}
          {canEdit && (
            <Button wide tone="secondary" onClick={() => setAsks('edit')}>
              {t('message.edit')}
            </Button>
          )}
          <Button wide tone="danger" onClick={() => setAsks('delete')}>
            {t('message.delete')}
          </Button>
          <Button wide tone="quiet" onClick={onClose}>
            {t('action.close')}
          </Button>
        </>
      }
    >
      <p dir="auto" className="line-clamp-3 [overflow-wrap:anywhere]">
        {line}
      </p>
      {isWhole && isOpen && <ReactionPicker message={message} onDone={onClose} />}
    </Sheet>
  );
}

/** For me, or for everyone: own messages, and in a group any for its owner and admins. */
function DeleteSheet(props: { chat: ChatSummary; message: ChatMessage; onClose: () => void }) {
  const t = useT();
  const { chat, message, onClose } = props;
  const mayRule = useMayRule(chat);
  const forMe = useChatDeed((chats, id: string) => chats.deleteForMe(chat.chatId, id));
  const forEveryone = useChatDeed((chats, id: string) => chats.deleteForEveryone(chat.chatId, id));
  const isBusy = forMe.state.is === 'running' || forEveryone.state.is === 'running';
  const failure = [forMe.state, forEveryone.state].find((state) => state.is === 'failed');
  const act = async (deed: typeof forMe) => {
    if (await deed.run(message.id)) onClose();
  };
  const isSent = wasSent(message);
  const canTakeBack =
    message.content.kind !== 'deleted' &&
    isSent &&
    (message.sender.isSelf || mayRule) &&
    chat.obstacle === null;
  return (
    <Sheet
      open
      title={t('message.delete-title')}
      onClose={onClose}
      actions={
        <>
          <Button wide tone="secondary" disabled={isBusy} onClick={() => void act(forMe)}>
            {t('message.delete-for-me')}
          </Button>
          {canTakeBack && (
            <Button wide tone="danger" disabled={isBusy} onClick={() => void act(forEveryone)}>
              {t('message.delete-for-everyone')}
            </Button>
          )}
          <Button wide tone="quiet" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('message.delete-lead')}</p>
      {failure?.is === 'failed' && (
        <div className="mt-4">
          <ErrorNotice error={failure.error} />
        </div>
      )}
    </Sheet>
  );
}

const wasSent = ({ state }: ChatMessage) => state !== 'waiting' && state !== 'failed';

function useMayRule({ chatId, kind }: ChatSummary): boolean {
  const role = useGroup(chatId).data?.ownRole;
  return kind === 'group' && (role === 'owner' || role === 'admin');
}
