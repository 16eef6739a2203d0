import type { Words } from '@hexkey/sdk';
import { Copy, QrCode as QrSign } from 'lucide-react';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { QrCode } from '../ui/qr-code.tsx';

/** The words as a QR code, or on the clipboard for a minute. Both are for another device of the owner's own. */
export function WordsElsewhere({ words }: { words: Words }) {
  const t = useT();
  const { browser } = useDependencies();
  const [showsQr, setShowsQr] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const copy = useOperation(async () => {
    await browser.copySecret(words.reveal().join(' '));
    setCopied(true);
  });
  return (
    <div className="flex flex-col gap-3 print:hidden">
      <div className="flex flex-wrap gap-2">
        <Button tone="secondary" aria-expanded={showsQr} onClick={() => setShowsQr(!showsQr)}>
          <QrSign aria-hidden="true" className="size-5" />
          {t(showsQr ? 'words.hide-qr' : 'words.show-qr')}
        </Button>
        <Button tone="secondary" disabled={copy.state.is === 'running'} onClick={() => void copy.run()}>
          <Copy aria-hidden="true" className="size-5" />
          {t('action.copy')}
        </Button>
      </div>
      {isCopied && <p role="status">{t('words.copied')}</p>}
      {copy.state.is === 'failed' && (
        <p role="alert" className="text-danger">
          {t('action.copy-failed')}
        </p>
      )}
      {showsQr && (
        <QrCode text={words.reveal().join(' ')} label={t('words.qr')} failed={t('words.qr-failed')} />
      )}
      <p className="text-muted text-sm">{t('words.elsewhere')}</p>
    </div>
  );
}
