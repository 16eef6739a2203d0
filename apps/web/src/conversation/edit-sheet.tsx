import type { ChatMessage } from '@hexkey/sdk';
import { type FormEvent, useId, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useChatDeed } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** Another text for an own message. */
export function EditSheet(props: { message: ChatMessage; text: string; onClose: () => void }) {
  const t = useT();
  const form = useId();
  const { message, onClose } = props;
  const [text, setText] = useState(props.text);
  const edit = useChatDeed((chats, next: string) => chats.edit(message.chatId, message.id, next));
  const next = text.trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (next === props.text || (await edit.run(next))) onClose();
  };
  return (
    <Sheet
      open
      title={t('message.edit-title')}
      onClose={onClose}
      actions={
        <>
          <Button wide type="submit" form={form} disabled={next === '' || edit.state.is === 'running'}>
            {t('message.edit-save')}
          </Button>
          <Button wide tone="quiet" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('message.edit-lead')}</p>
      <form id={form} onSubmit={(event) => void submit(event)} className="mt-4">
        <textarea
          aria-label={t('message.edit-text')}
          dir="auto"
          rows={3}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="field-sizing-content max-h-60 min-h-11 w-full resize-none rounded-2xl border border-edge bg-surface px-4 py-2.5 text-ink"
        />
      </form>
      {edit.state.is === 'failed' && (
        <div className="mt-4">
          <ErrorNotice error={edit.state.error} />
        </div>
      )}
    </Sheet>
  );
}
