import { useState } from 'react';
import { StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { useConversationPlace, useTakePlace } from './use-conversation-place.ts';

/** Says why this device takes no part in conversations, and what gives it a place. */
export function PlaceNotice() {
  const t = useT();
  const place = useConversationPlace();
  const [isAsking, setAsking] = useState(false);
  if (place.data === 'none-free')
    return (
      <Notice
        tone="warn"
        title={t('place.none-free')}
        actions={
          <StepButton tone="secondary" to="/settings/account/security/devices">
            {t('place.see-devices')}
          </StepButton>
        }
      >
        {t('place.none-free-lead')}
      </Notice>
    );
  return (
    <>
      {place.data === 'pin-needed' && (
        <Notice
          tone="info"
          title={t('place.pin-needed')}
          actions={<Button onClick={() => setAsking(true)}>{t('place.enter-pin')}</Button>}
        >
          {t('place.pin-needed-lead')}
        </Notice>
      )}
      {isAsking && <PinSheet onClose={() => setAsking(false)} />}
    </>
  );
}

function PinSheet({ onClose }: { onClose: () => void }) {
  const t = useT();
  const take = useTakePlace(onClose);
  return (
    <Sheet
      open
      title={t('place.enter-pin')}
      onClose={onClose}
      actions={
        <Button wide tone="secondary" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      }
    >
      <p id="place-lead">{t('place.pin-needed-lead')}</p>
      <div className="pt-6">
        <PinPrompt purpose={take} describedBy="place-lead" />
      </div>
    </Sheet>
  );
}
