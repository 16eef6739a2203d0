import { useCallback, useEffect, useRef, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';

/** Records from the microphone between two taps. The microphone is let go with the page. */
export function useVoiceNote(
  onDone: (blob: Blob, durationMs: number) => void,
  onError: (error: unknown) => void,
) {
  const t = useT();
  const say = useToast();
  const { clock } = useDependencies();
  const [isRecording, setRecording] = useState(false);
  const recorder = useRef<MediaRecorder | null>(null);
  const latest = useRef(onDone);
  latest.current = onDone;

  const begin = useCallback(async () => {
    onError(null);
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      // Refused by its owner, or there is none: a question of the device, not of this client.
      say(t('file.no-microphone'));
      return;
    }
    const parts: Blob[] = [];
    const startedMs = clock.now();
    const recording = new MediaRecorder(stream);
    recording.ondataavailable = ({ data }) => void parts.push(data);
    recording.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      setRecording(false);
      // Left in the middle: nothing is sent.
      if (recorder.current !== recording) return;
      recorder.current = null;
      latest.current(new Blob(parts, { type: recording.mimeType }), clock.now() - startedMs);
    };
    recorder.current = recording;
    recording.start();
    setRecording(true);
  }, [clock, onError, say, t]);
  const end = useCallback(() => recorder.current?.stop(), []);
  useEffect(
    () => () => {
      const left = recorder.current;
      recorder.current = null;
      left?.stop();
    },
    [],
  );
  return { isRecording, begin: () => void begin(), end };
}
