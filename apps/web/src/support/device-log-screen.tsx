import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton } from '../app/link.tsx';
import { useCopy } from '../app/use-copy.ts';
import { useOperation } from '../app/use-operation.ts';
import { useSpeech } from '../i18n/use-t.ts';
import type { RoutePath } from '../route-table.ts';
import { Button } from '../ui/button.tsx';
import { Card, Fact } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { fieldLook } from '../ui/text-field.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { lastLines } from './last-lines.ts';

/** /support/logs, before a login too. */
export function DeviceLogScreen() {
  return <DeviceLog from="/support/logs" />;
}

/** More → Settings → About → Logs */
export function AboutLogsScreen() {
  return <DeviceLog from="/settings/about/logs" />;
}

/** What this device wrote down, and the ways out of it: nothing leaves before its owner says so. */
function DeviceLog({ from }: { from: RoutePath }) {
  const { t, language: locale } = useSpeech();
  const { hexkey, version, browser } = useDependencies();
  const { support } = hexkey;
  const copy = useCopy();
  const queries = useQueryClient();
  const lines = useQuery({ queryKey: ['device-log'], queryFn: () => support.logLines(), staleTime: 0 });
  const newest = useQuery({ queryKey: ['newest-version'], queryFn: () => support.newestVersion() });
  const [ticketNumber, setTicketNumber] = useState<string | null>(null);
  const [messageId] = useState(() => support.newMessageId());
  const send = useOperation(async () => {
    const ticket = await support.sendLogs({ messageId, text: t('device-log.message'), locale });
    setTicketNumber(ticket.ticketNumber);
    await queries.invalidateQueries({ queryKey: ['support-ticket'] });
  });
  const kept = lines.data ?? [];
  const last = lastLines(kept);
  return (
    <Page title={t('device-log.title')} bar={{ start: <BackLink from={from} /> }}>
      <p className="text-muted">{t('device-log.lead')}</p>
      <Card>
        <Fact name={t('about.version')}>{version}</Fact>
        {newest.data && <Fact name={t('device-log.newest')}>{newest.data}</Fact>}
      </Card>
      {newest.data && newest.data !== version && (
        <Button tone="secondary" onClick={browser.updates.beginNewest}>
          {t('device-log.update')}
        </Button>
      )}
      {lines.isError && <ErrorNotice error={lines.error} />}
      {lines.data?.length === 0 && (
        <EmptyState icon={<FileText aria-hidden="true" />} title={t('device-log.empty-title')}>
          {t('device-log.empty')}
        </EmptyState>
      )}
      {kept.length > 0 && (
        <>
          <section>
            <h2 className="mb-2 font-medium text-muted text-sm">
              {t('device-log.shown')} · {t('device-log.lines', { count: kept.length })}
            </h2>
            <textarea
              readOnly
              rows={10}
              wrap="off"
              aria-label={t('device-log.shown')}
              value={last}
              className={`${fieldLook} py-3 text-sm`}
            />
          </section>
          <div className="flex flex-col gap-3">
            <Button wide disabled={send.state.is === 'running'} onClick={() => void send.run()}>
              {t('device-log.send')}
            </Button>
            <Button wide tone="secondary" onClick={() => copy(last)}>
              {t('device-log.copy')}
            </Button>
            <Button
              wide
              tone="secondary"
              onClick={() => browser.saveText('hexkey-log.txt', `${kept.join('\n')}\n`)}
            >
              {t('device-log.export')}
            </Button>
          </div>
        </>
      )}
      {send.state.is === 'running' && <Waiting>{t('device-log.sending')}</Waiting>}
      {send.state.is === 'failed' && <ErrorNotice error={send.state.error} />}
      {ticketNumber !== null && (
        <Notice
          urgent
          tone="good"
          title={t('device-log.sent', { number: ticketNumber })}
          actions={
            <StepButton to="/support" tone="quiet">
              {t('device-log.open-ticket')}
            </StepButton>
          }
        />
      )}
    </Page>
  );
}
