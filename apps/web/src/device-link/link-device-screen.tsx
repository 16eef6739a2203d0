import { isDomainError } from '@hexkey/contract';
import type { NewDevice } from '@hexkey/sdk';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { ScanQr } from '../contacts/scan-qr.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Card, Fact } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { TextField } from '../ui/text-field.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { useLinkDevice } from './use-link-device.ts';

/** /settings/account/security/devices/link: a logged-in device scans a new one's code, and lets it in for the PIN. */
export function LinkDeviceScreen() {
  const t = useT();
  const link = useLinkDevice();
  return (
    <BareScreen
      title={t('link-device.title')}
      {...(link.found === null && { lead: t('link-device.lead') })}
      bar={{ start: <BackLink from="/settings/account/security/devices/link" /> }}
    >
      {link.isGone && (
        <Notice urgent tone="warn" title={t('link-device.gone')}>
          {t('link-device.gone-lead')}
        </Notice>
      )}
      {link.found === null ? (
        <div className="flex flex-col gap-8">
          <ScanQr onScanned={link.open} />
          <PastedCode onCode={link.open} isBusy={link.state.is === 'running'} />
          {link.state.is === 'running' && <Waiting>{t('link-device.looking')}</Waiting>}
          {link.state.is === 'failed' && !isDomainError(link.state.error, 'NotFound') && (
            <ErrorNotice error={link.state.error} />
          )}
        </div>
      ) : (
        <LetIn device={link.found} onPin={link.approve} />
      )}
    </BareScreen>
  );
}

/** Without a camera: the code as text, copied on the new device. */
function PastedCode({ onCode, isBusy }: { onCode: (code: string) => void; isBusy: boolean }) {
  const t = useT();
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCode(text);
    setText('');
  };
  return (
    <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-4">
      <TextField
        label={t('link-device.code')}
        spellCheck={false}
        autoCapitalize="none"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button wide tone="secondary" type="submit" disabled={text.trim() === '' || isBusy}>
        {t('link-device.use-code')}
      </Button>
    </form>
  );
}

function LetIn({ device, onPin }: { device: NewDevice; onPin: ReturnType<typeof useLinkDevice>['approve'] }) {
  const t = useT();
  return (
    <div className="flex flex-col gap-8">
      <Card title={t('link-device.found')}>
        <Fact name={t('link-device.name')}>{device.name}</Fact>
        <Fact name={t('link-device.place')}>{device.place ?? t('team.place-unknown')}</Fact>
      </Card>
      <Notice tone="warn" title={t('link-device.yours')}>
        <span id="link-device-yours">{t('link-device.yours-lead')}</span>
      </Notice>
      <PinPrompt purpose={onPin} describedBy="link-device-yours" />
    </div>
  );
}
