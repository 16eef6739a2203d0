import { useNavigate } from '@tanstack/react-router';
import { useDependencies } from '../app/app-dependencies.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';

/** /pin/finish-change: after a start that finds a PIN change interrupted. Either PIN ends it; the account can be used meanwhile. */
export function FinishPinChangeScreen() {
  const t = useT();
  const { hexkey, pinChangePostponed } = useDependencies();
  const navigate = useNavigate();
  const later = () => {
    pinChangePostponed.set(true);
    void navigate({ to: '/chats' });
  };
  return (
    <BareScreen
      title={t('change-pin.finish-title')}
      lead={<span id="finish-lead">{t('change-pin.finish-lead')}</span>}
      footer={
        <Button wide tone="secondary" onClick={later}>
          {t('action.later')}
        </Button>
      }
    >
      <div className="flex flex-1 flex-col justify-center py-6 wide:flex-none wide:pt-16">
        <PinPrompt
          purpose={(pin, onProgress) => hexkey.checkPin(pin, onProgress)}
          describedBy="finish-lead"
        />
      </div>
    </BareScreen>
  );
}
