import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useBusy } from '../app-update/use-busy.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { PinField } from '../ui/pin-field/pin-field.tsx';
import { usePinEntry } from '../ui/pin-field/use-pin-entry.ts';
import { useTriedPins } from './use-tried-pins.ts';

/** Which PINs were wrong here: how many, a way to ask about one that costs nothing, and the end of the list. */
export function TriedPins() {
  const t = useT();
  const tried = useTriedPins();
  const [checking, setChecking] = useState(false);
  const { count, clear } = tried;
  return (
    <section className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4 wide:bg-canvas">
      <h2 className="font-medium text-muted text-sm">{t('forgot.tried-title')}</h2>
      {count === 0 && <p>{t('forgot.tried-none')}</p>}
      {count !== null && count > 0 && (
        <>
          <p>
            {t('forgot.tried-count', { count })} {t('forgot.tried-gone')}
          </p>
          {checking && <Check tried={tried} />}
          <div className="flex flex-wrap gap-2">
            {!checking && (
              <Button tone="secondary" onClick={() => setChecking(true)}>
                {t('forgot.check')}
              </Button>
            )}
            <Button tone="quiet" disabled={clear.state.is === 'running'} onClick={() => void clear.run()}>
              {t('forgot.clear')}
            </Button>
          </div>
        </>
      )}
      {clear.state.is === 'failed' && <ErrorNotice error={clear.state.error} />}
    </section>
  );
}

/** Takes six digits and says whether they were wrong here before. */
function Check({ tried }: { tried: ReturnType<typeof useTriedPins> }) {
  const t = useT();
  const entry = usePinEntry();
  useBusy('pin', entry.digits !== '');
  const { check, wasTried, forgetAnswer } = tried;
  const edit = (text: string) => {
    forgetAnswer();
    entry.edit(text);
  };
  return (
    <div className="flex flex-col gap-3 py-2">
      <p id="check-lead" className="text-muted">
        {t('forgot.check-lead')}
      </p>
      {/* At 360 px six hexagons need the card's whole width. */}
      <div className="-mx-4">
        <PinField
          entry={{ ...entry, edit }}
          onComplete={(digits) => void check.run(digits)}
          busy={check.state.is === 'running'}
          describedBy="check-lead"
        />
      </div>
      <div role="status" className="min-h-6 text-center">
        {wasTried !== null && (
          <p className={wasTried ? 'font-medium text-warn' : ''}>
            {t(wasTried ? 'forgot.check-tried' : 'forgot.check-new')}
          </p>
        )}
      </div>
      {check.state.is === 'failed' && (
        <ErrorNotice
          error={check.state.error}
          actions={<Button onClick={() => void check.run(entry.digits)}>{t('action.retry')}</Button>}
        />
      )}
      {wasTried !== null && (
        <Button
          tone="secondary"
          className="self-center"
          onClick={() => {
            forgetAnswer();
            entry.clear();
          }}
        >
          {t('forgot.check-another')}
        </Button>
      )}
    </div>
  );
}
