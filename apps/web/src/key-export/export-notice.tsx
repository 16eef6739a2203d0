import { ErrorNotice } from '../app/error-notice.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useKeyExport } from './use-key-export.ts';

/** The wallet's key is being taken out: every device says so, and can cancel it without the PIN. Nothing is said while that is not known. */
export function ExportNotice() {
  const t = useT();
  const toast = useToast();
  const { dateTime } = useFormatTime();
  const { state, cancel } = useKeyExport();
  const cancelIt = async () => {
    if (await cancel.run()) toast(t('key-export.cancelled'));
  };
  if (state?.is !== 'begun') return null;
  return (
    <>
      <Notice
        urgent
        tone="danger"
        title={t('key-export.title')}
        actions={
          <Button disabled={cancel.state.is === 'running'} onClick={() => void cancelIt()}>
            {t('key-export.cancel')}
          </Button>
        }
      >
        {t('key-export.lead', { time: dateTime(state.fromMs) })}
      </Notice>
      {cancel.state.is === 'failed' && <ErrorNotice error={cancel.state.error} />}
    </>
  );
}
