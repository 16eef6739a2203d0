import type { ChatMessage } from '@hexkey/sdk';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useChatDeed } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { oneEmoji } from './one-emoji.ts';
import { ownReaction } from './reactions.tsx';

const usual = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

/** Six at hand, any other from the keyboard. Pressing the own one takes it back. */
export function ReactionPicker({ message, onDone }: { message: ChatMessage; onDone: () => void }) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const [isRefused, setRefused] = useState(false);
  const react = useChatDeed((chats, emoji: string | null) => chats.react(message.chatId, message.id, emoji));
  const own = ownReaction(message);
  const choose = async (emoji: string | null) => {
    if (await react.run(emoji)) onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const emoji = oneEmoji(typed);
    setRefused(emoji === null);
    if (emoji !== null) void choose(emoji);
  };
  return (
    <div className="mt-4 flex flex-col gap-4 text-ink">
      <div className="flex justify-between">
        {usual.map((emoji) => (
          <button
            key={emoji}
            type="button"
            aria-pressed={emoji === own}
            aria-label={emoji === own ? t('message.take-back', { emoji }) : t('message.react', { emoji })}
            onClick={() => void choose(emoji === own ? null : emoji)}
            className="inline-flex size-11 items-center justify-center rounded-full text-title transition-colors duration-150 hover:bg-ink/5 aria-pressed:bg-accent/15"
          >
            <span aria-hidden="true">{emoji}</span>
          </button>
        ))}
      </div>
      <form onSubmit={submit} autoComplete="off" className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label={t('message.other-emoji')}
            value={typed}
            onChange={(event) => {
              setRefused(false);
              setTyped(event.target.value);
            }}
            problem={isRefused ? t('message.not-an-emoji') : undefined}
          />
        </div>
        <Button type="submit" tone="secondary" disabled={typed === ''}>
          {t('message.use-emoji')}
        </Button>
      </form>
      {react.state.is === 'failed' && <ErrorNotice error={react.state.error} />}
    </div>
  );
}
