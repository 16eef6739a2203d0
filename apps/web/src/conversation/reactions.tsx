import type { ChatMessage } from '@hexkey/sdk';
import { useChatDeed } from '../chats/use-chats.ts';
import { useNameOf } from '../chats/use-names.ts';
import { useT } from '../i18n/use-t.ts';

/** The own one of a message's reactions; null for none. */
export const ownReaction = ({ reactions }: ChatMessage) =>
  reactions.find(({ who }) => who.some(({ isSelf }) => isSelf))?.emoji ?? null;

/** How people reacted; pressing one joins it, or takes it back. */
export function Reactions({ message, tabIndex }: { message: ChatMessage; tabIndex: number }) {
  const t = useT();
  const nameOf = useNameOf();
  const react = useChatDeed((chats, emoji: string | null) => chats.react(message.chatId, message.id, emoji));
  if (message.reactions.length === 0) return null;
  const own = ownReaction(message);
  return (
    <ul aria-label={t('message.reactions')} className="mt-1 flex max-w-full flex-wrap gap-1">
      {message.reactions.map(({ emoji, who }) => {
        const names = who.map(nameOf).join(', ');
        return (
          <li key={emoji}>
            <button
              type="button"
              tabIndex={tabIndex}
              aria-pressed={emoji === own}
              aria-label={t('message.reaction-of', { emoji, count: who.length, names })}
              title={names}
              onClick={() => void react.run(emoji === own ? null : emoji)}
              className="figures inline-flex min-h-8 min-w-11 items-center justify-center gap-1 rounded-full border border-line bg-surface px-2 text-sm aria-pressed:border-accent aria-pressed:bg-accent/10"
            >
              <span aria-hidden="true">{emoji}</span>
              <span aria-hidden="true">{who.length}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
