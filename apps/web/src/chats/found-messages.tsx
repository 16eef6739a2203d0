import type { ChatMessage, ChatSummary } from '@hexkey/sdk';
import { Link } from '@tanstack/react-router';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { chatRowLook } from './chat-row.tsx';
import { excerptAround } from './excerpt-around.ts';
import { useChatTimes } from './use-chat-times.ts';
import { useFoundMessages } from './use-chats.ts';
import { useLineOf } from './use-line-of.ts';
import { useChatName, useNameOf } from './use-names.ts';

/** Messages on this device that hold what is searched for; each leads to its place. */
export function FoundMessages(props: { text: string; chats: readonly ChatSummary[]; nowMs: number }) {
  const t = useT();
  const found = useFoundMessages(props.text);
  if (found.isError) return <ErrorNotice error={found.error} />;
  if (found.isPending) return <SkeletonRows label={t('chats.searching')} count={2} />;
  const rows = found.data.flatMap((message) => {
    const chat = props.chats.find(({ chatId }) => chatId === message.chatId);
    return chat ? [{ message, chat }] : [];
  });
  return (
    <section aria-label={t('chats.found-messages')}>
      <h2 className="mb-2 font-medium text-muted text-sm">{t('chats.found-messages')}</h2>
      {rows.length === 0 ? (
        <p className="rounded-card border border-line bg-surface p-4 text-center text-muted [overflow-wrap:anywhere]">
          {t('chats.none-say', { text: props.text })}
        </p>
      ) : (
        <ul className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
          {rows.map(({ message, chat }) => (
            <li key={message.id}>
              <Hit message={message} chat={chat} text={props.text} nowMs={props.nowMs} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Hit(props: { message: ChatMessage; chat: ChatSummary; text: string; nowMs: number }) {
  const t = useT();
  const { message, chat } = props;
  const { short } = useChatTimes();
  const chatName = useChatName()(chat);
  const sender = useNameOf()(message.sender);
  const line = excerptAround(useLineOf()(message, chat.kind === 'direct'), props.text);
  return (
    <Link to="/chats/$chatId" params={{ chatId: chat.chatId }} hash={message.id} className={chatRowLook}>
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5">
          <bdi className="min-w-0 truncate font-medium">{chatName}</bdi>
          <span className="figures ml-auto shrink-0 pl-2 text-muted text-sm">
            {short(message.sentAtMs, props.nowMs)}
          </span>
        </span>
        <span
          dir="auto"
          className="mt-0.5 line-clamp-2 text-left text-muted text-sm [overflow-wrap:anywhere]"
        >
          {t('chats.sender-line', { name: sender, line })}
        </span>
      </span>
    </Link>
  );
}
