import type { ChatMessage, ChatSummary } from '@hexkey/sdk';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useCopy } from '../app/use-copy.ts';
import { useChatDeed, useGroup } from '../chats/use-chats.ts';
import { useLineOf } from '../chats/use-line-of.ts';
import { useNameOf } from '../chats/use-names.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { ReactionPicker } from './reaction-picker.tsx';

/** What can be done with a message: react, answer, copy, send again, delete. */
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
  const [isDeleting, setDeleting] = useState(false);
  const resend = useChatDeed((chats, id: string) => chats.resend(chat.chatId, id));
  const then = (work: () => void) => () => {
    onClose();
    work();
  };
  if (isDeleting) return <DeleteSheet chat={chat} message={message} onClose={onClose} />;
  const { content } = message;
  const isOpen = chat.obstacle === null || chat.obstacle === 'joining';
  const isWhole = content.kind === 'text' || content.kind === 'contact' || content.kind === 'transfer';
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
          <Button wide tone="danger" onClick={() => setDeleting(true)}>
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
  const isSent = message.state !== 'waiting' && message.state !== 'failed';
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

function useMayRule({ chatId, kind }: ChatSummary): boolean {
  const role = useGroup(chatId).data?.ownRole;
  return kind === 'group' && (role === 'owner' || role === 'admin');
}
