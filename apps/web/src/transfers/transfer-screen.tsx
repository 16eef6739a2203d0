import type { Transfer } from '@hexkey/sdk';
import { useParams } from '@tanstack/react-router';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Card, Fact } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { groupAmount, sayAmount } from '../wallet/say-amount.ts';
import { sol } from '../wallet/sol.ts';
import { useTransfer, useWalletDeed } from '../wallet/use-wallet.ts';
import { WalletPage } from '../wallet/wallet-page.tsx';
import { CopiedText } from './copied-text.tsx';
import { SignatureDetails } from './signature-details.tsx';
import { signOf, stateOf } from './transfer-state.ts';

/** /wallet/transfers/$transferId: one payment, as the ledger has it. */
export function TransferScreen() {
  const { transferId = '' } = useParams({ strict: false }) as { transferId?: string };
  return (
    <WalletPage path="/wallet/transfers/$transferId">
      <Looked key={transferId} id={transferId} />
    </WalletPage>
  );
}

function Looked({ id }: { id: string }) {
  const t = useT();
  const { data, error, isPending, refetch } = useTransfer(id);
  const again = <Button onClick={() => void refetch()}>{t('action.retry')}</Button>;
  if (isPending) return <SkeletonRows label={t('transfer.loading')} count={3} />;
  if (data === undefined) return <ErrorNotice error={error} actions={again} />;
  if (data === null)
    return (
      <Notice tone="warn" title={t('transfer.unknown-title')} actions={again}>
        {t('transfer.unknown')}
      </Notice>
    );
  return <Facts transfer={data} />;
}

function Facts({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const { asset, counterparty, direction, state } = transfer;
  const { icon: Icon, tone, key } = stateOf(transfer);
  return (
    <>
      <div className="flex flex-col items-center gap-2 py-2 text-center">
        <p className="figures font-semibold text-number [overflow-wrap:anywhere]">
          {signOf(transfer)}
          {groupAmount(transfer.amount, asset.decimals)} <bdi className="text-title">{asset.symbol}</bdi>
        </p>
        <p className={`flex items-center gap-2 font-medium ${tone}`}>
          <Icon aria-hidden="true" className="size-5" />
          {t(key)}
        </p>
      </div>
      {state === 'failed' && <WhyFailed failure={transfer.failure} />}
      {state === 'pending' && (transfer.signature === null ? <NotSigned /> : <UnderWay />)}
      <Card>
        {(counterparty.name !== null || counterparty.hexkeyId !== null) && (
          <Fact name={t(direction === 'in' ? 'transfer.from' : 'transfer.to')}>
            <bdi>{counterparty.name ?? t('contacts.nameless')}</bdi>{' '}
            <span className="font-normal text-muted">{counterparty.hexkeyId}</span>
          </Fact>
        )}
        {counterparty.address !== '' && (
          <CopiedText
            name={t(direction === 'in' ? 'transfer.from-address' : 'transfer.to-address')}
            text={counterparty.address}
            label={t('transfer.copy-address')}
          />
        )}
        {direction === 'out' && (
          <Fact name={t('send.fee')}>{sayAmount({ amount: transfer.feeLamports, ...sol })}</Fact>
        )}
        {transfer.memo !== null && (
          <Fact name={t('send.note')}>
            <span dir="auto">{transfer.memo}</span>
          </Fact>
        )}
        <Fact name={t('transfer.when')}>{dateTime(transfer.atMs)}</Fact>
      </Card>
      <SignatureDetails transfer={transfer} />
    </>
  );
}

function WhyFailed({ failure }: { failure: string | null }) {
  const t = useT();
  if (failure === 'expired') return <Notice tone="warn" title={t('transfer.expired-lead')} />;
  return (
    <Notice
      tone="danger"
      title={t('transfer.failed-lead')}
      {...(failure !== null && { footnote: t('send.reason', { reason: failure }) })}
    />
  );
}

/** It was begun, here or in another tab, and never got so far that it could be paid. */
function NotSigned() {
  const t = useT();
  return (
    <Notice tone="info" title={t('transfer.not-signed-title')}>
      {t('transfer.not-signed')}
    </Notice>
  );
}

/** It goes on by itself; whoever does not want to wait may ask for it now. */
function UnderWay() {
  const t = useT();
  const { state, run } = useWalletDeed((wallet) => wallet.resume());
  return (
    <>
      <Notice
        tone="warn"
        title={t('send.under-way-title')}
        actions={
          <Button tone="secondary" disabled={state.is === 'running'} onClick={() => void run()}>
            {t('send.try-now')}
          </Button>
        }
      >
        {t('transfer.pending-lead')}
      </Notice>
      {state.is === 'failed' && <ErrorNotice error={state.error} />}
    </>
  );
}
