import { isDomainError } from '@hexkey/contract';
import type { Transfer, TransferQuote } from '@hexkey/sdk';
import { Link } from '@tanstack/react-router';
import { CircleCheck, Clock } from 'lucide-react';
import { type Dispatch, useEffect } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { useWho } from '../transfers/use-who.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { sayAmount } from '../wallet/say-amount.ts';
import { useTransfer, useWalletDeed } from '../wallet/use-wallet.ts';
import type { SendEvent, SendFlow } from './send-flow.ts';

type End = Extract<SendFlow, { at: 'sent' | 'under-way' | 'failed' }>;

/** How a payment ended, or that it has not yet, and what can be done now. */
export function EndStep(props: { flow: End; send: Dispatch<SendEvent>; chatId: string | null }) {
  const { flow, send, chatId } = props;
  useFocusOnMount();
  switch (flow.at) {
    case 'sent':
      return <Sent transfer={flow.transfer} chatId={chatId} />;
    case 'under-way':
      return <UnderWay quote={flow.quote} send={send} />;
    case 'failed':
      return <Failed flow={flow} send={send} />;
  }
}

function Sent({ transfer, chatId }: { transfer: Transfer; chatId: string | null }) {
  const t = useT();
  const who = useWho();
  const { amount, asset, counterparty } = transfer;
  return (
    <>
      <div className="flex flex-col items-center gap-4 py-6 text-center">
        <CircleCheck aria-hidden="true" className="size-14 stroke-[1.5] text-good" />
        <p role="status" className="figures font-medium text-title [overflow-wrap:anywhere]">
          {t('send.sent', { amount: sayAmount({ amount, ...asset }), name: who(counterparty) })}
        </p>
      </div>
      <div className="flex flex-col gap-3">
        {chatId !== null && (
          <Link to="/chats/$chatId" params={{ chatId }} className={buttonLook({ wide: true })}>
            {t('send.to-chat')}
          </Link>
        )}
        <StepButton wide tone={chatId === null ? 'primary' : 'secondary'} to="/wallet">
          {t('action.done')}
        </StepButton>
        <DetailsLink id={transfer.id} />
      </div>
    </>
  );
}

function DetailsLink({ id }: { id: string }) {
  const t = useT();
  return (
    <Link
      to="/wallet/transfers/$transferId"
      params={{ transferId: id }}
      className={buttonLook({ tone: 'quiet', wide: true })}
    >
      {t('send.see')}
    </Link>
  );
}

/** Signed and not confirmed: it is sent by itself. Here one sees when it arrived. */
function UnderWay({ quote, send }: { quote: TransferQuote; send: Dispatch<SendEvent> }) {
  const t = useT();
  const who = useWho();
  const { data: transfer } = useTransfer(quote.intentId);
  const resume = useWalletDeed((wallet) => wallet.resume());
  useEffect(() => {
    if (transfer) send({ type: 'settled', transfer });
  }, [transfer, send]);
  return (
    <>
      <div className="flex flex-col items-center gap-4 py-6 text-center">
        <Clock aria-hidden="true" className="size-14 stroke-[1.5] text-warn" />
        <p role="status" className="figures text-balance [overflow-wrap:anywhere]">
          {t('send.away', {
            amount: sayAmount({ amount: quote.amount, ...quote.asset }),
            name: who(quote.recipient),
          })}
        </p>
      </div>
      {resume.state.is === 'failed' && <ErrorNotice error={resume.state.error} />}
      <div className="flex flex-col gap-3">
        <Button wide disabled={resume.state.is === 'running'} onClick={() => void resume.run()}>
          {t('send.try-now')}
        </Button>
        <StepButton wide tone="secondary" to="/wallet">
          {t('send.to-wallet')}
        </StepButton>
        <DetailsLink id={quote.intentId} />
      </div>
    </>
  );
}

function Failed({ flow, send }: { flow: Extract<End, { at: 'failed' }>; send: Dispatch<SendEvent> }) {
  const t = useT();
  const { error, next } = flow;
  return (
    <>
      {next === 'retry' && <p>{t('send.stopped')}</p>}
      <ErrorNotice error={error} />
      {isDomainError(error, 'TransferFailed') && error.details.reason !== '' && (
        <p className="text-muted text-sm [overflow-wrap:anywhere]">
          {t('send.reason', { reason: error.details.reason })}
        </p>
      )}
      <div className="flex flex-col gap-3">
        {next === 'retry' ? (
          <Button wide onClick={() => send({ type: 'retry' })}>
            {t('action.retry')}
          </Button>
        ) : (
          <Button wide onClick={() => send({ type: 'anew' })}>
            {t('send.again')}
          </Button>
        )}
        {isDomainError(error, 'OverLimit') && (
          <StepButton wide tone="secondary" to="/wallet/limits">
            {t('send.to-limits')}
          </StepButton>
        )}
        <StepButton wide tone="secondary" to="/wallet">
          {t('send.to-wallet')}
        </StepButton>
      </div>
    </>
  );
}
