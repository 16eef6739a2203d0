import type { ChatMessage, ChatSummary } from '@hexkey/sdk';
import { Banknote, ChartBar, SendHorizontal, UserRoundPlus, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useLineOf } from '../chats/use-line-of.ts';
import { useNameOf } from '../chats/use-names.ts';
import { AttachButtons } from '../files/attach-button.tsx';
import { useT } from '../i18n/use-t.ts';
import { useSendMoneyTo } from '../send-money/send-link.tsx';
import { IconButton } from '../ui/button.tsx';
import { ChooseContactSheet } from './choose-contact-sheet.tsx';
import { NewPollSheet } from './new-poll-sheet.tsx';
import { useDraft } from './use-draft.ts';
import { useOutgoing } from './use-outgoing.ts';

const mostRows = 6;

/** Where a message is written. Enter sends, Shift+Enter begins a line; on phones Enter begins a line, as their keyboards mean it. */
export function Composer(props: {
  chat: ChatSummary;
  /** The message that the next one answers. */
  answered: ChatMessage | null;
  onAnswer: (message: ChatMessage | null) => void;
}) {
  const t = useT();
  const { chat, answered, onAnswer } = props;
  const { chatId } = chat;
  const { chats } = useDependencies().hexkey;
  const field = useRef<HTMLTextAreaElement>(null);
  const [isChoosing, setChoosing] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [fileError, setFileError] = useState<unknown>(null);
  const draft = useDraft(chat);
  const outgoing = useOutgoing(chatId, draft.forget, (refused) => {
    draft.giveBack(refused.map((written) => written.text).join('\n'));
    onAnswer(refused[0]?.answered ?? null);
  });
  const text = draft.text.trim();
  const answeredId = answered?.id;
  useEffect(() => {
    if (answeredId !== undefined) field.current?.focus();
  }, [answeredId]);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text === '') return;
    draft.take();
    onAnswer(null);
    field.current?.focus();
    outgoing.send({ text, answered });
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && answered) onAnswer(null);
    else if (event.key === 'Enter' && !event.shiftKey && !isTouchScreen()) submit();
    else if (event.key === 'ArrowUp' && draft.text === '') lastMessage()?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div className="shrink-0 border-line border-t bg-canvas px-3 pt-2 pb-[max(0.75rem,env(safe-area-inset-bottom))] wide:px-6">
      <div className="mx-auto flex max-w-200 flex-col gap-2">
        {outgoing.error !== null && <ErrorNotice error={outgoing.error} />}
        {fileError !== null && <ErrorNotice error={fileError} />}
        {answered && (
          <Answered message={answered} isDirect={chat.kind === 'direct'} onStop={() => onAnswer(null)} />
        )}
        <form onSubmit={submit} className="flex flex-wrap items-end gap-1 wide:flex-nowrap">
          <AttachButtons chatId={chatId} onError={setFileError} />
          <IconButton label={t('composer.attach')} onClick={() => setChoosing(true)}>
            <UserRoundPlus aria-hidden="true" className="size-5" />
          </IconButton>
          {chat.kind === 'group' && (
            <IconButton label={t('poll.new')} onClick={() => setAsking(true)}>
              <ChartBar aria-hidden="true" className="size-5" />
            </IconButton>
          )}
          <SendMoneyButton chat={chat} />
          <textarea
            ref={field}
            data-route-focus={isTouchScreen() ? undefined : true}
            aria-label={t('composer.label')}
            placeholder={t('composer.placeholder')}
            dir="auto"
            rows={Math.min(mostRows, draft.text.split('\n').length)}
            autoComplete="off"
            value={draft.text}
            onChange={(event) => {
              draft.edit(event.target.value);
              if (event.target.value !== '') chats.noteTyping(chatId);
            }}
            onKeyDown={pressed}
            className="field-sizing-content order-first max-h-36 min-h-11 min-w-0 flex-1 basis-full resize-none wide:order-none wide:basis-0 rounded-2xl border border-edge bg-surface px-4 py-2.5 placeholder:text-muted"
          />
          <IconButton
            type="submit"
            label={t('composer.send')}
            disabled={text === ''}
            className="ml-auto enabled:text-accent disabled:text-muted wide:ml-0"
          >
            <SendHorizontal aria-hidden="true" className="size-5" />
          </IconButton>
        </form>
      </div>
      {isAsking && <NewPollSheet chatId={chatId} onClose={() => setAsking(false)} />}
      {isChoosing && <ChooseContactSheet chatId={chatId} onClose={() => setChoosing(false)} />}
    </div>
  );
}

/** In a conversation of two: money to the other one, whose card is said here. */
function SendMoneyButton({ chat: { chatId, peer } }: { chat: ChatSummary }) {
  const t = useT();
  const open = useSendMoneyTo();
  const person = peer?.person;
  if (person?.kind !== 'person') return null;
  const { hexkeyId, name, avatarId } = person;
  return (
    <IconButton
      label={t('composer.send-money')}
      onClick={() => open({ to: { hexkeyId, name, avatarId }, chatId })}
    >
      <Banknote aria-hidden="true" className="size-5" />
    </IconButton>
  );
}

function Answered(props: { message: ChatMessage; isDirect: boolean; onStop: () => void }) {
  const t = useT();
  const name = useNameOf()(props.message.sender);
  const line = useLineOf()(props.message, props.isDirect);
  return (
    <div className="flex animate-rise items-center gap-2 rounded-card border border-line bg-surface py-1 pl-3">
      <div className="min-w-0 flex-1 border-accent border-l-3 pl-2.5 text-sm">
        <p className="truncate font-medium text-accent">{t('composer.replying', { name })}</p>
        <p dir="auto" className="truncate text-muted">
          {line}
        </p>
      </div>
      <IconButton label={t('composer.stop-reply')} onClick={props.onStop}>
        <X aria-hidden="true" className="size-5" />
      </IconButton>
    </div>
  );
}

const isTouchScreen = () => matchMedia('(pointer: coarse)').matches;
const lastMessage = () => document.querySelector<HTMLElement>('[data-message][tabindex="0"]');
