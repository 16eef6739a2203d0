import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useOnlyCopy, useSwitchAccount } from './use-unlock.ts';

/** Asks before the account is dropped here; refuses, and says why, while its words exist nowhere else. */
export function SwitchAccountSheet({ onClose }: { onClose: () => void }) {
  const t = useT();
  const onlyCopy = useOnlyCopy();
  const { state, run } = useSwitchAccount();
  const close = (
    <Button wide tone="secondary" onClick={onClose}>
      {t(onlyCopy.data ? 'action.close' : 'action.cancel')}
    </Button>
  );
  if (onlyCopy.data)
    return (
      <Sheet open title={t('switch.blocked-title')} onClose={onClose} actions={close}>
        {t('switch.blocked')}
      </Sheet>
    );
  return (
    <Sheet
      open
      title={t('switch.title')}
      onClose={onClose}
      actions={
        <>
          <Button
            wide
            tone="danger"
            disabled={!onlyCopy.isSuccess || state.is === 'running'}
            onClick={() => void run()}
          >
            {t('unlock.switch')}
          </Button>
          {close}
        </>
      }
    >
      <p>{t('switch.lead')}</p>
      {state.is === 'failed' && <ErrorNotice error={state.error} />}
    </Sheet>
  );
}
