import type { Secret } from '@hexkey/protocol';
import { Copy } from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useCountdownText } from '../app/use-countdown-text.ts';
import { useNow } from '../app/use-now.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { useCopyCode } from './use-copy-code.ts';
import { codeLeftMs, useShownCode } from './use-shown-code.ts';

/** /login/link: a new device shows its code to one that is logged in. */
export function LinkThisScreen() {
  const t = useT();
  const { link, error, retry } = useShownCode();
  return (
    <BareScreen
      title={t('link-this.title')}
      lead={t('link-this.lead')}
      bar={{ start: <BackLink from="/login/link" /> }}
    >
      {error !== null && (
        <ErrorNotice error={error} actions={<Button onClick={retry}>{t('link-this.new-code')}</Button>} />
      )}
      {error === null && link === null && <Waiting>{t('link-this.making')}</Waiting>}
      {error === null && link?.step === 'code' && <ShownCode code={link.code} madeAtMs={link.madeAtMs} />}
      {error === null && link?.step === 'scanned' && (
        <Notice tone="good" title={t('link-this.scanned')}>
          {t('link-this.scanned-lead')}
        </Notice>
      )}
    </BareScreen>
  );
}

/** The code to be scanned, and the same to be pasted on a device without a camera. */
function ShownCode({ code, madeAtMs }: { code: Secret<string>; madeAtMs: number }) {
  const t = useT();
  const copy = useCopyCode();
  const countdown = useCountdownText();
  const leftMs = codeLeftMs(madeAtMs, useNow(true));
  return (
    <div className="flex flex-col items-center gap-4 text-center">
      <QrCode text={code.reveal()} label={t('link-this.qr')} failed={t('profile.qr-failed')} />
      <p className="figures text-muted text-sm">{t('link-this.renewed-in', { time: countdown(leftMs) })}</p>
      <Button tone="secondary" onClick={() => copy(code.reveal())}>
        <Copy aria-hidden="true" className="size-5" />
        {t('link-this.copy')}
      </Button>
      <p className="text-muted text-sm">{t('link-this.private')}</p>
    </div>
  );
}
