import { useEffect, useRef } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { readQr } from './read-qr.ts';

const frameEveryMs = 200;

/**
 * Looks through the camera until it sees a QR code. The pictures stay in this page.
 * @param onClose gets the code's text, `no-camera` when there is none or it was refused, or null when the owner closed it
 */
export function CameraSheet({ onClose }: { onClose: (outcome: string | 'no-camera' | null) => void }) {
  const t = useT();
  const video = useRef<HTMLVideoElement>(null);
  const finish = useRef(onClose);
  finish.current = onClose;
  useEffect(() => {
    const gone = new AbortController();
    watch(video.current, gone.signal).then(
      (text) => text !== null && finish.current(text),
      () => gone.signal.aborted || finish.current('no-camera'),
    );
    return () => gone.abort();
  }, []);
  return (
    <Sheet
      open
      title={t('scan.camera')}
      onClose={() => onClose(null)}
      actions={
        <Button wide tone="secondary" onClick={() => onClose(null)}>
          {t('action.cancel')}
        </Button>
      }
    >
      <p>{t('scan.lead')}</p>
      <video
        ref={video}
        muted
        playsInline
        aria-label={t('scan.view')}
        className="mt-4 aspect-square w-full rounded-card bg-ink/10 object-cover"
      />
    </Sheet>
  );
}

/** @returns the text of the first code seen; null once the sheet is gone */
async function watch(video: HTMLVideoElement | null, signal: AbortSignal): Promise<string | null> {
  if (video === null) return null;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    if (signal.aborted) return null;
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const text = await readQr(video);
      if (text !== null) return text;
      await new Promise((resolve) => setTimeout(resolve, frameEveryMs));
    }
    return null;
  } finally {
    stop();
  }
}
