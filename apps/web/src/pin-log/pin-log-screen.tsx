import type { PinHistory } from '@hexkey/sdk';
import { ShieldQuestion } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { SettingPage } from '../settings/setting-page.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { CheckedNodes } from './checked-nodes.tsx';
import { LogTabs } from './log-tabs.tsx';
import { PinEventRow } from './pin-event-row.tsx';
import { PinWarningCard } from './pin-warning-card.tsx';
import { useExportHistory, usePinHistory } from './use-pin-history.ts';

/** /settings/account/security/logs/pin: what the PIN nodes wrote down, and whether it can be believed. */
export function PinLogScreen() {
  const t = useT();
  const history = usePinHistory();
  return (
    <SettingPage path="/settings/account/security/logs/pin">
      <LogTabs />
      <p className="text-muted">{t('pin-log.lead')}</p>
      {history.isPending && <SkeletonRows label={t('logs.loading')} count={5} />}
      {history.isError && (
        <ErrorNotice
          error={history.error}
          actions={<Button onClick={() => void history.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {history.data?.readAtMs === null && (
        <EmptyState icon={<ShieldQuestion aria-hidden="true" />} title={t('pin-log.empty-title')}>
          {t('pin-log.empty')}
        </EmptyState>
      )}
      {history.data && history.data.readAtMs !== null && <ReadHistory history={history.data} />}
    </SettingPage>
  );
}

const atOnce = 30;

function ReadHistory({ history }: { history: PinHistory }) {
  const t = useT();
  const [shown, setShown] = useState(atOnce);
  const exporting = useExportHistory();
  const { warnings, events, nodes } = history;
  return (
    <>
      {warnings.map((warning) => (
        <PinWarningCard key={warning.id} warning={warning} nodeCount={nodes.length} />
      ))}
      <CheckedNodes history={history} />
      <ol className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
        {events.slice(0, shown).map((event) => (
          <PinEventRow key={event.id} event={event} nodes={nodes} />
        ))}
      </ol>
      {events.length > shown && (
        <Button tone="secondary" onClick={() => setShown(shown + atOnce)}>
          {t('action.more-entries')}
        </Button>
      )}
      <div className="flex flex-col gap-3">
        <p className="text-muted text-sm">{t('pin-log.export-hint')}</p>
        {exporting.state.is === 'failed' && <ErrorNotice error={exporting.state.error} />}
        <Button tone="secondary" onClick={() => void exporting.run()}>
          {t('pin-log.export')}
        </Button>
      </div>
    </>
  );
}
