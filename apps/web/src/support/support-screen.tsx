import type { TicketView } from '@hexkey/contract';
import { useQueryClient } from '@tanstack/react-query';
import { FileText, LifeBuoy } from 'lucide-react';
import { useId } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, RowLink } from '../app/link.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useOperation } from '../app/use-operation.ts';
import { useStanding } from '../app/use-standing.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { fieldLook } from '../ui/text-field.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { useSay, useTicket, useUnclaimedTicket } from './use-ticket.ts';

const maxLength = 2000;

/** /support: a conversation with those who run the server, with or without an account. */
export function SupportScreen() {
  const t = useT();
  const ticket = useTicket();
  const isLoggedIn = useStanding().at !== 'signed-out';
  return (
    <Page title={t('support.title')} bar={{ start: <BackLink from="/support" /> }}>
      <p className="text-muted">{t('support.lead')}</p>
      {ticket.isError && (
        <ErrorNotice
          error={ticket.error}
          actions={<Button onClick={() => void ticket.refetch()}>{t('action.try-again')}</Button>}
        />
      )}
      {ticket.isPending && <Waiting>{t('support.loading')}</Waiting>}
      {ticket.data === null && <Unclaimed />}
      {ticket.data === null && (
        <EmptyState icon={<LifeBuoy aria-hidden="true" />} title={t('support.empty-title')}>
          {t('support.empty')}
        </EmptyState>
      )}
      {ticket.data && <TicketLog ticket={ticket.data} />}
      {ticket.data?.state === 'closed' ? <Closed /> : ticket.data !== undefined && <Composer />}
      {isLoggedIn && <p className="text-muted text-sm">{t('support.linked')}</p>}
      <Card>
        <RowLink to="/support/logs" icon={<FileText aria-hidden="true" />} title={t('device-log.title')} />
      </Card>
    </Page>
  );
}

function TicketLog({ ticket }: { ticket: TicketView }) {
  const t = useT();
  const { date, dateTime } = useFormatTime();
  return (
    <section>
      <h2 className="figures mb-2 font-medium text-muted text-sm">
        {t('support.ticket', { number: ticket.ticketNumber })}
      </h2>
      <ol aria-live="polite" className="flex flex-col gap-3">
        {ticket.messages.map(({ messageId, from, text, atMs }) => (
          <li
            key={messageId}
            className={`max-w-[85%] rounded-card border border-line px-4 py-2 ${from === 'asker' ? 'self-end bg-accent/10' : 'self-start bg-surface'}`}
          >
            <p className="text-muted text-sm">
              {t(from === 'asker' ? 'support.you' : 'support.team')} · {dateTime(atMs)}
            </p>
            <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
          </li>
        ))}
      </ol>
      {ticket.logsDeletedAtMs !== null && (
        <p className="mt-3 text-muted text-sm">
          {t('support.logs-sent', { date: date(ticket.logsDeletedAtMs) })}
        </p>
      )}
    </section>
  );
}

function Composer() {
  const t = useT();
  const fieldId = useId();
  const { text, type, send } = useSay();
  const isRunning = send.state.is === 'running';
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send.run();
      }}
    >
      <div>
        <label htmlFor={fieldId} className="mb-1.5 block font-medium text-sm">
          {t('support.field')}
        </label>
        <textarea
          id={fieldId}
          rows={4}
          maxLength={maxLength}
          value={text}
          readOnly={isRunning}
          onChange={(event) => type(event.target.value)}
          className={`${fieldLook} py-3`}
        />
      </div>
      {send.state.is === 'failed' && <ErrorNotice error={send.state.error} />}
      {isRunning && <Waiting>{t('support.opening')}</Waiting>}
      <Button type="submit" wide disabled={isRunning || text.trim() === ''}>
        {t('support.send')}
      </Button>
    </form>
  );
}

/** It may be somebody else's who used this device: not a word of it is shown before its owner says that they are. */
function Unclaimed() {
  const t = useT();
  const { isThere, claim } = useUnclaimedTicket();
  if (!isThere) return null;
  return (
    <Notice
      tone="info"
      title={t('support.unclaimed')}
      actions={
        <Button disabled={claim.state.is === 'running'} onClick={() => void claim.run()}>
          {t('support.claim')}
        </Button>
      }
    >
      {t('support.unclaimed-next')}
      {claim.state.is === 'failed' && <ErrorNotice error={claim.state.error} />}
    </Notice>
  );
}

function Closed() {
  const t = useT();
  const { support } = useDependencies().hexkey;
  const queries = useQueryClient();
  const leave = useOperation(async () => {
    await support.leave();
    await queries.invalidateQueries({ queryKey: ['support-ticket'] });
  });
  return (
    <Notice
      tone="info"
      title={t('support.closed')}
      actions={<Button onClick={() => void leave.run()}>{t('support.new')}</Button>}
    />
  );
}
