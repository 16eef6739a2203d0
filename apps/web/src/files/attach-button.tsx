import { Mic, Paperclip, Square } from 'lucide-react';
import { type ChangeEvent, useRef } from 'react';
import { useChatDeed } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/button.tsx';
import { newFile } from './new-file.ts';
import { useVoiceNote } from './use-voice-note.ts';

/** Files of this device, one message each, and a voice note. @param onError told of a refusal, and of null before each try */
export function AttachButtons({ chatId, onError }: { chatId: string; onError: (error: unknown) => void }) {
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  const sendAll = useChatDeed(async (chats, files: readonly File[]) => {
    onError(null);
    try {
      for (const file of files) await chats.sendFile(chatId, await newFile(file, file.name));
    } catch (error) {
      onError(error);
      throw error;
    }
  });
  const sendVoice = useChatDeed(async (chats, { blob, durationMs }: { blob: Blob; durationMs: number }) => {
    onError(null);
    try {
      await chats.sendFile(chatId, await newFile(blob, t('message.voice'), durationMs));
    } catch (error) {
      onError(error);
      throw error;
    }
  });
  const voice = useVoiceNote((blob, durationMs) => void sendVoice.run({ blob, durationMs }), onError);
  const chosen = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])];
    target.value = '';
    if (files.length > 0) void sendAll.run(files);
  };
  return (
    <>
      <IconButton
        label={t('file.attach')}
        disabled={sendAll.state.is === 'running'}
        onClick={() => field.current?.click()}
      >
        <Paperclip aria-hidden="true" className="size-5" />
      </IconButton>
      <input ref={field} type="file" multiple hidden aria-label={t('file.attach')} onChange={chosen} />
      <IconButton
        label={t(voice.isRecording ? 'file.end-voice' : 'file.voice')}
        aria-pressed={voice.isRecording}
        className={voice.isRecording ? 'text-danger' : ''}
        onClick={voice.isRecording ? voice.end : voice.begin}
      >
        {voice.isRecording ? (
          <Square aria-hidden="true" className="size-5" />
        ) : (
          <Mic aria-hidden="true" className="size-5" />
        )}
      </IconButton>
    </>
  );
}
