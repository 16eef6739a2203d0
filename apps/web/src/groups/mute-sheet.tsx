import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import type { Operation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

const hour = 3_600_000;
const waits = [
  { key: 'chat-details.hour', ms: hour },
  { key: 'chat-details.eight-hours', ms: 8 * hour },
  { key: 'chat-details.week', ms: 7 * 24 * hour },
  { key: 'chat-details.always', ms: Number.POSITIVE_INFINITY },
] as const;

/** For how long. */
export function MuteSheet({ mute, onClose }: { mute: Operation<number | null>; onClose: () => void }) {
  const t = useT();
  const { clock } = useDependencies();
  const choose = async (ms: number) => {
    if (await mute.run(clock.now() + ms)) onClose();
  };
  return (
    <Sheet
      open
      title={t('chat-details.mute')}
      onClose={onClose}
      actions={
        <>
          {waits.map(({ key, ms }) => (
            <Button
              key={key}
              wide
              tone="secondary"
              disabled={mute.state.is === 'running'}
              onClick={() => void choose(ms)}
            >
              {t(key)}
            </Button>
          ))}
          <Button wide tone="quiet" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('chat-details.mute-lead')}</p>
      {mute.state.is === 'failed' && (
        <div className="mt-4">
          <ErrorNotice error={mute.state.error} />
        </div>
      )}
    </Sheet>
  );
}
