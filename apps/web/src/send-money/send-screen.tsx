import { ArrowLeft } from 'lucide-react';
import { useDependencies } from '../app/app-dependencies.ts';
import { BackLink } from '../app/link.tsx';
import { useStore } from '../app/store.ts';
import { HoldNotice } from '../device-holds/hold-notice.tsx';
import type { PlainKey } from '../i18n/catalogue.ts';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { MakeWallet } from '../wallet/make-wallet.tsx';
import { useWalletState } from '../wallet/use-wallet.ts';
import { AmountStep } from './amount-step.tsx';
import { ApproveStep } from './approve-step.tsx';
import { EndStep } from './end-step.tsx';
import { RecipientStep } from './recipient-step.tsx';
import { ReviewStep } from './review-step.tsx';
import type { SendFlow } from './send-flow.ts';
import type { SendStart } from './send-start.ts';
import { useSendMoney } from './use-send-money.ts';
import { WorkingStep } from './working-step.tsx';

/** /wallet/send: from a recipient to a payment on the ledger. */
export function SendScreen() {
  const t = useT();
  const start = useStore(useDependencies().sendStart);
  const state = useWalletState();
  // What is learned meanwhile about the wallet takes nothing away from a payment.
  if (state.data?.is === 'ready' && state.data.holdUntilMs === null)
    return <SendSteps key={start.place} start={start} />;
  return (
    <Page title={t('send.title')} bar={{ start: <BackLink from="/wallet/send" only="narrow" /> }}>
      {state.data === undefined && <SkeletonRows label={t('wallet-check.opening')} count={3} />}
      {state.data?.is === 'ready' && state.data.holdUntilMs !== null && (
        <HoldNotice untilMs={state.data.holdUntilMs} code={state.data.deviceCode} />
      )}
      {state.data && state.data.is !== 'ready' && <MakeWallet />}
    </Page>
  );
}

const titles: Readonly<Record<SendFlow['at'], PlainKey>> = {
  recipient: 'send.title',
  amount: 'send.amount',
  review: 'send.review',
  approve: 'send.pin-title',
  working: 'send.working-title',
  'under-way': 'send.away-title',
  sent: 'send.sent-title',
  failed: 'send.failed-title',
};

function SendSteps({ start }: { start: SendStart }) {
  const t = useT();
  const money = useSendMoney(start);
  const { flow, send } = money;
  const canGoBack = flow.at === 'amount' || flow.at === 'review' || flow.at === 'approve';
  const isStopped = flow.at === 'failed' && flow.next === 'retry';
  return (
    <Page
      title={t(isStopped ? 'send.stopped-title' : titles[flow.at])}
      bar={{
        start: canGoBack ? (
          <IconButton label={t('action.back')} onClick={() => send({ type: 'back' })}>
            <ArrowLeft aria-hidden="true" className="size-5" />
          </IconButton>
        ) : (
          <BackLink from="/wallet/send" only="narrow" />
        ),
      }}
    >
      <Step key={flow.at} money={money} start={start} />
    </Page>
  );
}

function Step({ money, start }: { money: ReturnType<typeof useSendMoney>; start: SendStart }) {
  const { flow, send } = money;
  switch (flow.at) {
    case 'recipient':
      return <RecipientStep onChosen={(to) => send({ type: 'chose', to })} />;
    case 'amount':
      return <AmountStep flow={flow} money={money} />;
    case 'review':
      return <ReviewStep flow={flow} send={send} />;
    case 'approve':
      return <ApproveStep flow={flow} pay={money.pay} />;
    case 'working':
      return <WorkingStep progress={flow.progress} />;
    default:
      return <EndStep flow={flow} send={send} chatId={start.chatId ?? null} />;
  }
}
