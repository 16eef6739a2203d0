import { EllipsisVertical, Forward, Timer } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, memo } from 'react';
import { MessageState } from '../chats/message-state.tsx';
import { useChatTimes } from '../chats/use-chat-times.ts';
import { useChatDeed } from '../chats/use-chats.ts';
import { useLineOf } from '../chats/use-line-of.ts';
import { useNameOf } from '../chats/use-names.ts';
import { useTimerName } from '../chats/use-timer-name.ts';
import { PersonPicture } from '../contacts/person-picture.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { isDrawnAlike, type RowProps } from './is-drawn-alike.ts';
import { MessageBody } from './message-body.tsx';
import { Reactions } from './reactions.tsx';
import { ReplyQuote } from './reply-quote.tsx';

/**
 * One message: own ones at the right, tinted; others' at the left, with name and picture in a group. Drawn again when something of its own has
 * changed.
 */
export const MessageRow = memo(Row, isDrawnAlike);

function Row(props: RowProps) {
  const t = useT();
  const nameOf = useNameOf();
  const lineOf = useLineOf();
  const { clock } = useChatTimes();
  const { message, startsRun, endsRun } = props;
  const { sender, state, content } = message;
  const tabIndex = props.isActive ? 0 : -1;
  const showsWho = !props.isDirect && !sender.isSelf;
  const pressed = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    props.onOptions(message);
  };
  // Also the menu key, and a long press on phones. Selected text and links keep the browser's own menu.
  const asked = (event: MouseEvent) => {
    if ((event.target as HTMLElement).closest('a') || getSelection()?.toString()) return;
    event.preventDefault();
    props.onOptions(message);
  };
  return (
    <li className={startsRun ? 'mt-3' : 'mt-0.5'}>
      <article
        data-message={message.id}
        tabIndex={tabIndex}
        aria-label={t('message.named', {
          name: nameOf(sender),
          time: clock(message.sentAtMs),
          line: lineOf(message, props.isDirect),
        })}
        onFocus={() => props.onFocus(message.id)}
        onKeyDown={pressed}
        onContextMenu={asked}
        className={`group flex scroll-my-4 items-end gap-2 rounded-card focus-visible:outline-offset-0 ${sender.isSelf ? 'flex-row-reverse' : ''}`}
      >
        {showsWho && (
          <span className="w-8 shrink-0">
            {endsRun && (
              <PersonPicture
                name={sender.person?.name ?? null}
                avatarId={sender.person?.avatarId ?? null}
                className="size-8"
              />
            )}
          </span>
        )}
        <div
          className={`flex min-w-0 max-w-[min(85%,38rem)] flex-col ${sender.isSelf ? 'items-end' : 'items-start'}`}
        >
          <div
            className={`min-w-0 max-w-full rounded-2xl px-3.5 py-2 ${lookOf(sender.isSelf, startsRun, endsRun)}`}
          >
            {showsWho && startsRun && (
              <p className="mb-0.5 truncate font-medium text-accent text-sm">
                <bdi>{nameOf(sender)}</bdi>
              </p>
            )}
            {'forwarded' in content && content.forwarded && (
              <p className="flex items-center gap-1 text-muted text-sm italic">
                <Forward aria-hidden="true" className="size-3.5" />
                {t('message.forwarded')}
              </p>
            )}
            {message.replyTo && (
              <ReplyQuote quote={message.replyTo} tabIndex={tabIndex} onJump={props.onJump} />
            )}
            <MessageBody
              chatId={message.chatId}
              messageId={message.id}
              content={content}
              isOwn={sender.isSelf}
              tabIndex={tabIndex}
            />
            <span className="figures mt-0.5 flex items-center justify-end gap-1 text-muted text-sm">
              {message.lastsSeconds !== null && <Lasts seconds={message.lastsSeconds} />}
              {message.isEdited && <span>{t('message.edited')}</span>}
              <time dateTime={new Date(message.sentAtMs).toISOString()}>{clock(message.sentAtMs)}</time>
              {state && <MessageState state={state} />}
            </span>
          </div>
          <Reactions message={message} tabIndex={tabIndex} />
          {state === 'failed' && <SendAgain chatId={message.chatId} messageId={message.id} />}
        </div>
        <button
          type="button"
          tabIndex={tabIndex}
          aria-label={t('message.options')}
          title={t('message.options')}
          onClick={() => props.onOptions(message)}
          className="inline-flex size-9 shrink-0 items-center justify-center self-center rounded-full text-muted transition-opacity duration-150 hover:bg-ink/5 focus-visible:opacity-100 pointer-fine:opacity-0 group-hover:opacity-100 group-focus-within:opacity-100"
        >
          <EllipsisVertical aria-hidden="true" className="size-4" />
        </button>
      </article>
    </li>
  );
}

function Lasts({ seconds }: { seconds: number }) {
  const t = useT();
  const words = t('timer.message', { time: useTimerName()(seconds) });
  return (
    <span title={words}>
      <Timer aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** The corners towards the sender's edge are tight inside a run. */
function lookOf(isSelf: boolean, startsRun: boolean, endsRun: boolean): string {
  const ground = isSelf ? 'bg-accent/15' : 'border border-line bg-surface';
  const corners = isSelf
    ? `${startsRun ? '' : 'rounded-tr-md'} ${endsRun ? '' : 'rounded-br-md'}`
    : `${startsRun ? '' : 'rounded-tl-md'} ${endsRun ? '' : 'rounded-bl-md'}`;
  return `${ground} ${corners}`;
}

function SendAgain({ chatId, messageId }: { chatId: string; messageId: string }) {
  const t = useT();
  const resend = useChatDeed((chats, id: string) => chats.resend(chatId, id));
  return (
    <div className="flex items-center gap-2 text-danger text-sm">
      {t('message.state-failed')}
      <Button
        tone="quiet"
        disabled={resend.state.is === 'running'}
        onClick={() => void resend.run(messageId)}
      >
        {t('message.send-again')}
      </Button>
    </div>
  );
}
