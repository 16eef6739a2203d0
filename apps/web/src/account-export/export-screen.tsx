import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useT } from '../i18n/use-t.ts';
import { SettingPage } from '../settings/setting-page.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';

/** /settings/account/export: what the server holds about the owner, as a file, for the PIN. */
export function ExportScreen() {
  const t = useT();
  const { hexkey, browser, clock } = useDependencies();
  const [read, setRead] = useState<{ readonly done: number; readonly of: number } | null>(null);
  const [isDone, setDone] = useState(false);
  if (isDone)
    return (
      <SettingPage path="/settings/account/export">
        <Notice urgent tone="good" title={t('export.done')}>
          {t('export.done-next')}
        </Notice>
        <Button wide tone="secondary" onClick={() => setDone(false)}>
          {t('export.again')}
        </Button>
      </SettingPage>
    );
  return (
    <SettingPage path="/settings/account/export">
      <p id="export-lead" className="text-muted">
        {t('export.lead')}
      </p>
      <ul className="flex list-disc flex-col gap-2 pl-5 text-muted">
        <li>{t('export.what')}</li>
        <li>{t('export.not')}</li>
        <li>{t('export.limit')}</li>
      </ul>
      <div className="py-6">
        <PinPrompt
          purpose={async (pin, onProgress) => {
            try {
              const text = await hexkey.exportAccount(pin, onProgress, (done, of) => setRead({ done, of }));
              const day = new Date(clock.now()).toISOString().slice(0, 10);
              browser.saveText(`hexkey-my-data-${day}.json`, text);
              setDone(true);
            } finally {
              setRead(null);
            }
          }}
          describedBy="export-lead"
        />
        {read && (
          <p role="status" className="text-center text-muted">
            {t('export.reading', read)}
          </p>
        )}
      </div>
    </SettingPage>
  );
}
