import type { ChatSummary } from '@hexkey/sdk';
import { Link } from '@tanstack/react-router';
import { BellOff, Pin } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { ChatPicture } from './chat-picture.tsx';
import { isMuted } from './is-muted.ts';
import { MessageState } from './message-state.tsx';
import { UnreadBadge } from './unread-badge.tsx';
import { useChatTimes } from './use-chat-times.ts';
import { useTyping } from './use-chats.ts';
import { useLineOf } from './use-line-of.ts';
import { useChatName, useNameOf } from './use-names.ts';

/** How a row of the list of chats looks, with the marks of the one that is open. */
export const chatRowLook =
  'flex min-h-17 items-center gap-3 px-3 py-2.5 transition-colors duration-150 hover:bg-ink/5 focus-visible:-outline-offset-2 wide:aria-[current=page]:bg-accent/10';

/** A conversation in the list: who, what was said last and when, and how much of it is new. */
export function ChatRow({ chat, nowMs }: { chat: ChatSummary; nowMs: number }) {
  const t = useT();
  const { short } = useChatTimes();
  const muted = isMuted(chat, nowMs);
  return (
    <Link to="/chats/$chatId" params={{ chatId: chat.chatId }} className={chatRowLook}>
      <ChatPicture chat={chat} className="size-11 shrink-0" />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5">
          <bdi className="min-w-0 truncate font-medium">{useChatName()(chat)}</bdi>
          {muted && <Sign icon={BellOff} words={t('chats.muted')} />}
          {chat.isPinned && <Sign icon={Pin} words={t('chats.pinned')} />}
          {chat.last && (
            <span className="figures ml-auto shrink-0 pl-2 text-muted text-sm">
              {short(chat.last.sentAtMs, nowMs)}
            </span>
          )}
        </span>
        <span className="mt-0.5 flex min-h-6 items-center gap-2 text-muted text-sm">
          <LastLine chat={chat} />
          <UnreadBadge count={chat.unread} quiet={muted} />
        </span>
      </span>
    </Link>
  );
}

function Sign({ icon: Icon, words }: { icon: typeof Pin; words: string }) {
  return (
    <span title={words} className="shrink-0 text-muted">
      <Icon aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** Who is typing, before the draft, before what was said last. */
function LastLine({ chat }: { chat: ChatSummary }) {
  const t = useT();
  const lineOf = useLineOf();
  const nameOf = useNameOf();
  const [typist] = useTyping(chat.chatId);
  const { last, draft, kind } = chat;
  if (typist)
    return (
      <Line tone="text-accent">
        {kind === 'direct' ? t('chats.typing') : t('chats.typing-name', { name: nameOf(typist) })}
      </Line>
    );
  if (draft !== '') return <Line tone="text-warn">{t('chats.draft', { text: draft })}</Line>;
  if (last === null) return <Line>{t('chats.no-messages')}</Line>;
  const line = lineOf(last, kind === 'direct');
  const isQuoted = ['text', 'contact', 'transfer', 'poll', 'attachment'].includes(last.content.kind);
  return (
    <>
      {last.state && <MessageState state={last.state} />}
      <Line>
        {kind === 'direct' || !isQuoted
          ? line
          : last.sender.isSelf
            ? t('chats.own-line', { line })
            : t('chats.sender-line', { name: nameOf(last.sender), line })}
      </Line>
    </>
  );
}

function Line({ tone = '', children }: { tone?: string; children: string }) {
  return (
    <span dir="auto" className={`min-w-0 flex-1 truncate text-left ${tone}`}>
      {children}
    </span>
  );
}
