import type { ShownContent } from '@hexkey/sdk';
import { File, Mic, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useBusy } from '../app-update/use-busy.ts';
import { useChatDeed } from '../chats/use-chats.ts';
import { languageTags } from '../i18n/translate.ts';
import { useSpeech, useT } from '../i18n/use-t.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { fileKindOf } from './file-kind.ts';
import { useFile } from './use-file.ts';

type Attachment = Extract<ShownContent, { kind: 'attachment' }>;

/** A file that was sent: seen, heard or saved when it is pressed. Until then only what its message has of it is shown. */
export function FileCard(props: {
  chatId: string;
  messageId: string;
  attachment: Attachment;
  isOwn: boolean;
  tabIndex: number;
}) {
  const t = useT();
  const { chatId, messageId, attachment, isOwn, tabIndex } = props;
  const { name, mediaType } = attachment;
  const kind = fileKindOf(attachment);
  const { progress, url, open, stop } = useFile(
    chatId,
    messageId,
    kind === 'file' ? 'application/octet-stream' : mediaType,
  );
  useBusy('upload', isOwn && progress !== null);
  const [isViewed, setViewed] = useState(false);
  const giveUp = useChatDeed((chats, id: string) => chats.deleteForMe(chatId, id));
  const show = async () => {
    if (url === null && !(await open.run())) return;
    if (kind === 'picture') setViewed(true);
  };
  const isFetching = open.state.is === 'running';
  const isStopped = open.state.is === 'failed' && progress === null;
  return (
    <div className="flex min-w-52 flex-col gap-2 py-1">
      <Face attachment={attachment} kind={kind} tabIndex={tabIndex} onShow={() => void show()} />
      {progress !== null && (
        <div className="flex items-center gap-2">
          <progress
            aria-label={t('file.progress')}
            max={progress.totalBytes}
            value={progress.doneBytes}
            className="h-1.5 min-w-0 flex-1 accent-accent"
          />
          <IconButton
            label={t('action.cancel')}
            tabIndex={tabIndex}
            onClick={() => (isFetching || !isOwn ? stop() : void giveUp.run(messageId))}
          >
            <X aria-hidden="true" className="size-4" />
          </IconButton>
        </div>
      )}
      {kind === 'voice' && url !== null && (
        // biome-ignore lint/a11y/useMediaCaption: a voice note has no text
        <audio controls autoPlay src={url} className="w-64 max-w-full" />
      )}
      {kind === 'file' && (
        <SaveFile
          name={name}
          url={url}
          tabIndex={tabIndex}
          open={() => void open.run()}
          isBusy={isFetching}
        />
      )}
      {kind === 'voice' && url === null && (
        <Button tone="secondary" tabIndex={tabIndex} disabled={isFetching} onClick={() => void show()}>
          {t('file.play')}
        </Button>
      )}
      {isStopped && open.state.is === 'failed' && <ErrorNotice error={open.state.error} />}
      {isViewed && url !== null && <Viewer name={name} url={url} onClose={() => setViewed(false)} />}
    </div>
  );
}

function Face(props: {
  attachment: Attachment;
  kind: ReturnType<typeof fileKindOf>;
  tabIndex: number;
  onShow: () => void;
}) {
  const t = useT();
  const { attachment, kind } = props;
  const { name, thumbnail, dimensions } = attachment;
  const size = useSize(attachment);
  const preview = useMemo(
    () => (thumbnail === null ? null : URL.createObjectURL(new Blob([Uint8Array.from(thumbnail)]))),
    [thumbnail],
  );
  useEffect(() => () => (preview === null ? undefined : URL.revokeObjectURL(preview)), [preview]);
  if (kind === 'picture')
    return (
      <button
        type="button"
        tabIndex={props.tabIndex}
        aria-label={t('file.open', { name })}
        onClick={props.onShow}
      >
        {preview === null ? (
          <span className="block truncate text-accent underline">{name}</span>
        ) : (
          <img
            src={preview}
            alt=""
            {...(dimensions && { width: dimensions.width, height: dimensions.height })}
            className="h-auto max-h-72 w-auto min-w-40 max-w-full rounded-card object-cover"
          />
        )}
      </button>
    );
  const Sign = kind === 'voice' ? Mic : File;
  return (
    <div className="flex items-center gap-3">
      <Sign aria-hidden="true" className="size-6 shrink-0 text-accent" />
      <span className="min-w-0">
        <span className="block truncate font-medium">
          <bdi>{kind === 'voice' ? t('message.voice') : name}</bdi>
        </span>
        <span className="figures block text-muted text-sm">{size}</span>
      </span>
    </div>
  );
}

/** The browser asks where to. What was fetched for it is saved at once. */
function SaveFile(props: {
  name: string;
  url: string | null;
  tabIndex: number;
  open: () => void;
  isBusy: boolean;
}) {
  const t = useT();
  const link = useRef<HTMLAnchorElement>(null);
  const { url, name, tabIndex } = props;
  useEffect(() => {
    if (url !== null) link.current?.click();
  }, [url]);
  return (
    <>
      <Button
        tone="secondary"
        tabIndex={tabIndex}
        disabled={props.isBusy}
        onClick={() => (url === null ? props.open() : link.current?.click())}
      >
        {t('action.save')}
      </Button>
      {url !== null && (
        <a ref={link} href={url} download={name} tabIndex={-1} className="hidden">
          {name}
        </a>
      )}
    </>
  );
}

function Viewer({ name, url, onClose }: { name: string; url: string; onClose: () => void }) {
  const t = useT();
  const link = useRef<HTMLAnchorElement>(null);
  return (
    <Sheet
      open
      title={name}
      onClose={onClose}
      actions={
        <>
          <Button wide tone="secondary" onClick={() => link.current?.click()}>
            {t('action.save')}
          </Button>
          <Button wide tone="quiet" onClick={onClose}>
            {t('action.close')}
          </Button>
        </>
      }
    >
      <img src={url} alt={name} className="max-h-[60vh] max-w-full object-contain" />
      <a ref={link} href={url} download={name} tabIndex={-1} className="hidden">
        {name}
      </a>
    </Sheet>
  );
}

/** How long a voice note is, how large anything else. */
function useSize({ sizeBytes, durationMs }: Attachment): string {
  const { language } = useSpeech();
  const inUnits = (value: number, unit: string, digits: number) =>
    new Intl.NumberFormat(languageTags[language], {
      style: 'unit',
      unit,
      maximumFractionDigits: digits,
    }).format(value);
  if (durationMs !== null) return inUnits(Math.ceil(durationMs / 1000), 'second', 0);
  if (sizeBytes < 1000) return inUnits(sizeBytes, 'byte', 0);
  if (sizeBytes < 1_000_000) return inUnits(sizeBytes / 1000, 'kilobyte', 0);
  return inUnits(sizeBytes / 1_000_000, 'megabyte', 1);
}
