import { pollOptions } from '@hexkey/protocol';
import { type FormEvent, useId, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useChatDeed } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { CheckRow } from '../ui/check-row.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { TextField } from '../ui/text-field.tsx';

/** A question for the group. A field for one option more is always there, up to as many as a poll may have. */
export function NewPollSheet({ chatId, onClose }: { chatId: string; onClose: () => void }) {
  const t = useT();
  const form = useId();
  const [question, setQuestion] = useState('');
  const [options, setOptions] = useState<readonly string[]>(['', '']);
  const [several, setSeveral] = useState(false);
  const send = useChatDeed((chats, given: readonly string[]) =>
    chats.send(chatId, { kind: 'poll', question: question.trim(), options: given, several }),
  );
  const given = options.map((option) => option.trim()).filter((option) => option !== '');
  const isWhole = question.trim() !== '' && given.length >= pollOptions.least;
  const change = (place: number, text: string) => {
    const next = options.map((option, at) => (at === place ? text : option));
    const wantsMore = next.every((option) => option !== '') && next.length < pollOptions.most;
    setOptions(wantsMore ? [...next, ''] : next);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isWhole && (await send.run(given))) onClose();
  };
  return (
    <Sheet
      open
      title={t('poll.new')}
      onClose={onClose}
      actions={
        <>
          <Button wide type="submit" form={form} disabled={!isWhole || send.state.is === 'running'}>
            {t('poll.send')}
          </Button>
          <Button wide tone="quiet" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('poll.lead')}</p>
      <form id={form} onSubmit={(event) => void submit(event)} className="mt-4 flex flex-col gap-3 text-ink">
        <TextField
          label={t('poll.question')}
          value={question}
          autoComplete="off"
          onChange={(event) => setQuestion(event.target.value)}
        />
        {options.map((option, place) => (
          <TextField
            // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place
            key={place}
            label={t('poll.option', { number: place + 1 })}
            value={option}
            autoComplete="off"
            onChange={(event) => change(place, event.target.value)}
          />
        ))}
        <CheckRow label={t('poll.several')} checked={several} onChange={setSeveral}>
          {t('poll.several-effect')}
        </CheckRow>
      </form>
      {send.state.is === 'failed' && (
        <div className="mt-4">
          <ErrorNotice error={send.state.error} />
        </div>
      )}
    </Sheet>
  );
}
