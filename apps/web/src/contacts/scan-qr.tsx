import { ImageUp, ScanQrCode } from 'lucide-react';
import { useId, useState } from 'react';
import { useOperation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { CameraSheet } from './camera-sheet.tsx';
import { readQr } from './read-qr.ts';

/** A QR code by camera, or in a picture where there is none. @param onScanned gets its text */
export function ScanQr({ onScanned }: { onScanned: (text: string) => void }) {
  const t = useT();
  const inputId = useId();
  const [isScanning, setScanning] = useState(false);
  const [problem, setProblem] = useState<'no-code' | 'no-camera' | null>(null);
  const fromPicture = useOperation(async (file: File) => {
    setProblem(null);
    const text = await readQr(file);
    if (text === null) setProblem('no-code');
    else onScanned(text);
  });
  const close = (outcome: string | 'no-camera' | null) => {
    setScanning(false);
    if (outcome === 'no-camera') setProblem('no-camera');
    else if (outcome !== null) onScanned(outcome);
  };
  return (
    <section>
      <h2 className="mb-2 font-medium text-muted text-sm">{t('scan.title')}</h2>
      <div className="flex flex-wrap gap-2">
        <Button
          tone="secondary"
          onClick={() => {
            setProblem(null);
            setScanning(true);
          }}
        >
          <ScanQrCode aria-hidden="true" className="size-5" />
          {t('scan.camera')}
        </Button>
        <label
          htmlFor={inputId}
          className={buttonLook({
            tone: 'secondary',
            className:
              'has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
          })}
        >
          <ImageUp aria-hidden="true" className="size-5" />
          {t('scan.picture')}
          <input
            id={inputId}
            type="file"
            accept="image/*"
            className="sr-only"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void fromPicture.run(file);
            }}
          />
        </label>
      </div>
      {(problem || fromPicture.state.is === 'failed') && (
        <p role="alert" className="mt-3 text-danger">
          {t(problem === 'no-camera' ? 'scan.no-camera' : 'scan.no-code')}
        </p>
      )}
      {isScanning && <CameraSheet onClose={close} />}
    </section>
  );
}
