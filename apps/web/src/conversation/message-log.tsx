import type { ChatMessage, ChatSummary } from '@hexkey/sdk';
import { useLocation } from '@tanstack/react-router';
import { ArrowDown, MessageCircle } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useToast } from '../app/use-toast.ts';
import { dayOf } from '../chats/use-chat-times.ts';
import { useT } from '../i18n/use-t.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { arrangeMessages, firstUnreadOf } from './arrange-messages.ts';
import { DaySeparator, EventLine, UnreadMark } from './event-line.tsx';
import { HeardMessage } from './heard-message.tsx';
import { MessageRow } from './message-row.tsx';
import { MessageSheet } from './message-sheet.tsx';
import { type Older, OlderMessages } from './older-messages.tsx';
import { PinnedBanner } from './pinned-banner.tsx';
import { messageElement, stepTo, useScrolledEnd } from './scroll-log.ts';

/**
 * The conversation itself. It stands on its lower edge: the browser keeps the newest in sight when it is, and what is read where it
 * is when older messages are put above it. One message at a time is in the order of the Tab key; arrows move from one to the next.
 */
export function MessageLog(props: {
  chat: ChatSummary;
  /** Oldest first. */
  messages: readonly ChatMessage[];
  older: Older;
  onReply: (message: ChatMessage) => void;
}) {
  const t = useT();
  const say = useToast();
  const { chat, messages, older } = props;
  const log = useRef<HTMLDivElement>(null);
  const [firstUnreadId] = useState(() => firstUnreadOf(messages, chat.unread));
  const [chosen, setChosen] = useState<ChatMessage | null>(null);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const end = useScrolledEnd(log, messages, firstUnreadId !== null);
  const isDirect = chat.kind === 'direct';
  const lines = arrangeMessages(messages, firstUnreadId, dayOf);
  const said = lines.flatMap((line) => (line.is === 'message' ? [line.message] : []));
  const activeId = said.some(({ id }) => id === focusedId) ? focusedId : (said.at(-1)?.id ?? null);

  const pressed = (event: KeyboardEvent) => {
    const row = (event.target as HTMLElement).closest('[data-message]');
    if (row !== event.target || !stepTo(log.current, activeId, event.key)) return;
    event.preventDefault();
  };
  const jump = async (id: string) => {
    let known = messages;
    // A page that was asked for while the log is read anew may not come: it is asked for again.
    for (let fruitless = 0; fruitless < 3 && !known.some((message) => message.id === id); ) {
      if (!latest.current.older.has) break;
      const before = known.length;
      known = await latest.current.older.load();
      fruitless = known.length > before ? 0 : fruitless + 1;
    }
    if (!known.some((message) => message.id === id)) return say(t('message.not-here'));
    showWhenThere(id, 30);
  };
  // Shown with one of the next frames, when they were loaded just now.
  const showWhenThere = (id: string, frames: number): number =>
    requestAnimationFrame(() => {
      const found = messageElement(log.current, id);
      if (found === null && frames > 0) return void showWhenThere(id, frames - 1);
      found?.scrollIntoView({ block: 'center' });
      found?.focus();
    });
  // The same for every message and at any time: a row is drawn again when something of its own has changed.
  const latest = useRef({ jump, older });
  useEffect(() => {
    latest.current = { jump, older };
  });
  const jumpTo = useCallback((id: string) => void latest.current.jump(id), []);
  // A message that was found by searching.
  const { hash } = useLocation();
  useEffect(() => {
    if (hash !== '') jumpTo(hash);
  }, [hash, jumpTo]);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <PinnedBanner chat={chat} onJump={jumpTo} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the messages in it */}
      <div
        ref={log}
        onScroll={end.scrolled}
        onKeyDown={pressed}
        className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto overscroll-contain px-3 wide:px-6"
      >
        <div
          role="log"
          aria-live="off"
          aria-label={t('chat.messages')}
          aria-busy={older.isLoading}
          className="mx-auto flex w-full max-w-200 flex-col pt-4 pb-3"
        >
          <OlderMessages older={older} scroller={log} />
          <ol className="flex flex-col">
            {lines.map((line) => {
              if (line.is === 'day') return <DaySeparator key={line.key} atMs={line.atMs} />;
              if (line.is === 'unread') return <UnreadMark key={line.key} />;
              if (line.is === 'event')
                return <EventLine key={line.key} message={line.message} isDirect={isDirect} />;
              return (
                <MessageRow
                  key={line.key}
                  message={line.message}
                  startsRun={line.startsRun}
                  endsRun={line.endsRun}
                  isDirect={isDirect}
                  isActive={line.message.id === activeId}
                  onFocus={setFocusedId}
                  onOptions={setChosen}
                  onJump={jumpTo}
                />
              );
            })}
          </ol>
        </div>
        {messages.length === 0 && (
          <EmptyState
            icon={<MessageCircle aria-hidden="true" />}
            title={t(isDirect ? 'chat.empty-direct' : 'chat.empty-group')}
          >
            {t('chat.encrypted')}
          </EmptyState>
        )}
      </div>
      {!end.isAtEnd && (
        <button
          type="button"
          onClick={end.scrollThere}
          aria-label={end.below > 0 ? t('chat.new-below', { count: end.below }) : t('chat.newest')}
          title={t('chat.newest')}
          className="absolute right-4 bottom-4 inline-flex min-h-11 min-w-11 items-center justify-center gap-1 rounded-full border border-line bg-surface px-3 shadow-raised"
        >
          {end.below > 0 && <span className="figures font-medium text-accent">{end.below}</span>}
          <ArrowDown aria-hidden="true" className="size-5" />
        </button>
      )}
      <HeardMessage messages={messages} isDirect={isDirect} />
      {chosen && (
        <MessageSheet
          chat={chat}
          message={messages.find(({ id }) => id === chosen.id) ?? chosen}
          onReply={props.onReply}
          onClose={() => setChosen(null)}
        />
      )}
    </div>
  );
}
