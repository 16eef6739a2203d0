import type { ChatMessage } from '@hexkey/sdk';
import { useNameOf } from '../chats/use-names.ts';
import { useT } from '../i18n/use-t.ts';

/** What a message answers, and the way there. */
export function ReplyQuote(props: {
  quote: NonNullable<ChatMessage['replyTo']>;
  tabIndex: number;
  onJump: (id: string) => void;
}) {
  const t = useT();
  const { id, sender, excerpt } = props.quote;
  const name = useNameOf()(sender);
  return (
    <button
      type="button"
      tabIndex={props.tabIndex}
      onClick={() => props.onJump(id)}
      className="mb-1 block w-full min-w-0 rounded-md border-accent border-l-3 bg-ink/5 px-2.5 py-1.5 text-left text-sm"
    >
      <span className="sr-only">{t('message.jump')}</span>
      <span className="block truncate font-medium text-accent">
        <bdi>{name}</bdi>
      </span>
      <span dir="auto" className="line-clamp-2 text-muted [overflow-wrap:anywhere]">
        {excerpt}
      </span>
    </button>
  );
}
