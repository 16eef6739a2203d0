import type { ShownContent } from '@hexkey/sdk';
import { Check } from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useChatDeed } from '../chats/use-chats.ts';
import { useNameOf } from '../chats/use-names.ts';
import { useT } from '../i18n/use-t.ts';

type Poll = Extract<ShownContent, { kind: 'poll' }>;

/** A question, how many chose what, and the own choice: pressing it again takes it back. */
export function PollCard(props: { chatId: string; messageId: string; poll: Poll; tabIndex: number }) {
  const t = useT();
  const nameOf = useNameOf();
  const { chatId, messageId, poll, tabIndex } = props;
  const { question, options, several } = poll;
  const vote = useChatDeed((chats, choices: readonly number[]) => chats.vote(chatId, messageId, choices));
  const own = options.flatMap(({ who }, place) => (who.some(({ isSelf }) => isSelf) ? [place] : []));
  const voters = new Set(options.flatMap(({ who }) => who.map(({ accountId }) => accountId))).size;
  const press = (place: number) => {
    const others = own.filter((one) => one !== place);
    if (own.includes(place)) return void vote.run(others);
    void vote.run(several ? [...own, place] : [place]);
  };
  return (
    <div className="flex w-64 max-w-full flex-col gap-2">
      <p dir="auto" className="font-medium [overflow-wrap:anywhere]">
        {question}
      </p>
      <p className="text-muted text-sm">{t(several ? 'poll.several' : 'poll.one')}</p>
      <ul className="flex flex-col gap-1.5">
        {options.map(({ text, who }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place
          <li key={place}>
            <button
              type="button"
              tabIndex={tabIndex}
              aria-pressed={own.includes(place)}
              onClick={() => press(place)}
              title={who.map(nameOf).join(', ')}
              className="flex min-h-11 w-full items-center gap-2 rounded-card border border-line bg-canvas px-3 py-1.5 text-left transition-colors duration-150 hover:bg-ink/5 aria-pressed:border-accent"
            >
              <span className="flex size-5 shrink-0 items-center justify-center rounded-full border border-edge">
                {own.includes(place) && <Check aria-hidden="true" className="size-3.5 text-accent" />}
              </span>
              <span dir="auto" className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {text}
              </span>
              <span className="figures text-muted text-sm">
                <span aria-hidden="true">{who.length}</span>
                <span className="sr-only">{t('poll.votes', { count: who.length })}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className="text-muted text-sm">{t('poll.voters', { count: voters })}</p>
      {vote.state.is === 'failed' && <ErrorNotice error={vote.state.error} />}
    </div>
  );
}
