import type { ChatSummary } from '@hexkey/sdk';
import { Pin } from 'lucide-react';
import { useState } from 'react';
import { usePinnedMessages } from '../chats/use-chats.ts';
import { useLineOf } from '../chats/use-line-of.ts';
import { useT } from '../i18n/use-t.ts';

/** What is pinned, what was pinned last first. Each press leads to one, and shows the one before it. */
export function PinnedBanner({ chat, onJump }: { chat: ChatSummary; onJump: (id: string) => void }) {
  const t = useT();
  const lineOf = useLineOf();
  const pinned = usePinnedMessages(chat.chatId).data ?? [];
  const [turn, setTurn] = useState(0);
  const shown = pinned[turn % Math.max(1, pinned.length)];
  if (shown === undefined) return null;
  return (
    <button
      type="button"
      onClick={() => {
        onJump(shown.id);
        setTurn(turn + 1);
      }}
      className="flex min-h-13 w-full shrink-0 items-center gap-3 border-line border-b bg-surface px-4 py-1.5 text-left transition-colors duration-150 hover:bg-ink/5 focus-visible:-outline-offset-2 wide:px-6"
    >
      <Pin aria-hidden="true" className="size-4 shrink-0 text-accent" />
      <span className="min-w-0 flex-1 text-sm">
        <span className="block truncate font-medium text-accent">
          {t('message.pinned', { count: pinned.length })}
        </span>
        <span dir="auto" className="block truncate text-muted">
          {lineOf(shown, chat.kind === 'direct')}
        </span>
      </span>
    </button>
  );
}
