import type { ChatMessage } from '@hexkey/sdk';
import { ShieldAlert } from 'lucide-react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useChatTimes } from '../chats/use-chat-times.ts';
import { useLineOf } from '../chats/use-line-of.ts';
import { useT } from '../i18n/use-t.ts';

/** What happened, in a line of its own. */
export function EventLine({ message, isDirect }: { message: ChatMessage; isDirect: boolean }) {
  const line = useLineOf()(message, isDirect);
  const isAlarm = message.content.kind === 'security-code-changed';
  return (
    <li
      className={`my-2 self-center text-balance px-4 text-center text-sm [overflow-wrap:anywhere] ${isAlarm ? 'text-warn' : 'text-muted'}`}
    >
      {isAlarm && <ShieldAlert aria-hidden="true" className="mr-1.5 inline size-4 align-text-bottom" />}
      {line}
    </li>
  );
}

export function DaySeparator({ atMs }: { atMs: number }) {
  const { day } = useChatTimes();
  const { clock } = useDependencies();
  return (
    <li className="my-3 self-center rounded-full border border-line bg-surface px-3 py-1 font-medium text-muted text-sm">
      {day(atMs, clock.now())}
    </li>
  );
}

export function UnreadMark() {
  const t = useT();
  return (
    <li
      data-unread
      className="my-3 flex items-center gap-3 font-medium text-accent text-sm before:h-px before:flex-1 before:bg-accent/40 after:h-px after:flex-1 after:bg-accent/40"
    >
      {t('chat.unread-from-here')}
    </li>
  );
}
