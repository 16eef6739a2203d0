import { contentLimits } from '@hexkey/protocol';
import type { ChatSummary } from '@hexkey/sdk';
import { Camera } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useOperation } from '../app/use-operation.ts';
import { useToast } from '../app/use-toast.ts';
import { GroupPicture } from '../chats/chat-picture.tsx';
import { useChatDeed } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { shrinkPicture } from '../profile/shrink-picture.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { TextField } from '../ui/text-field.tsx';
import { groupNameLimit } from './group-name.ts';

/** What the group is called and how it looks, for all of its members. */
export function GroupProfileSheet({ chat, onClose }: { chat: ChatSummary; onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const formId = useId();
  const [name, setName] = useState(chat.name ?? '');
  const [picture, setPicture] = useState(chat.picture);
  const save = useChatDeed((chats, profile: { name: string; picture: Uint8Array | null }) =>
    chats.setGroupProfile(chat.chatId, profile),
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await save.run({ name: name.trim(), picture }))) return;
    say(t('group.saved'));
    onClose();
  };
  return (
    <Sheet
      open
      title={t('group.edit')}
      onClose={onClose}
      actions={
        <>
          <Button
            wide
            type="submit"
            form={formId}
            disabled={name.trim() === '' || save.state.is === 'running'}
          >
            {t('action.save')}
          </Button>
          <Button wide tone="quiet" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        autoComplete="off"
        onSubmit={(event) => void submit(event)}
        className="mt-4 flex flex-col gap-4 text-ink"
      >
        <PictureChoice name={name} picture={picture} onChange={setPicture} />
        <TextField
          label={t('new-group.name')}
          maxLength={groupNameLimit}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {save.state.is === 'failed' && <ErrorNotice error={save.state.error} />}
      </form>
    </Sheet>
  );
}

function PictureChoice(props: {
  name: string;
  picture: Uint8Array | null;
  onChange: (picture: Uint8Array | null) => void;
}) {
  const t = useT();
  const inputId = useId();
  const [isUnreadable, setUnreadable] = useState(false);
  const { run } = useOperation(async (file: File) => {
    const image = await shrinkPicture(file, contentLimits.picture).catch(() => null);
    setUnreadable(image === null);
    if (image !== null) props.onChange(image);
  });
  return (
    <div className="flex flex-col items-center gap-3">
      <GroupPicture name={props.name} picture={props.picture} className="size-24" />
      <div className="flex flex-wrap justify-center gap-2">
        <label
          htmlFor={inputId}
          className={buttonLook({
            tone: 'secondary',
            className:
              'has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
          })}
        >
          <Camera aria-hidden="true" className="size-5" />
          {t('group.picture')}
          <input
            id={inputId}
            type="file"
            accept="image/*"
            className="sr-only"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void run(file);
            }}
          />
        </label>
        {props.picture !== null && (
          <Button tone="quiet" onClick={() => props.onChange(null)}>
            {t('group.remove-picture')}
          </Button>
        )}
      </div>
      {isUnreadable && (
        <p role="alert" className="text-danger">
          {t('profile.no-picture')}
        </p>
      )}
    </div>
  );
}
