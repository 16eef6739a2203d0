import { ArrowLeft } from 'lucide-react';
import { BackLink } from '../app/link.tsx';
import { HoldNotice } from '../device-holds/hold-notice.tsx';
import type { PlainKey } from '../i18n/catalogue.ts';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { MakeWallet } from '../wallet/make-wallet.tsx';
import { useWalletState } from '../wallet/use-wallet.ts';
import { SweepAddress } from './sweep-address.tsx';
import { SweepEnd } from './sweep-end.tsx';
import type { SweepFlow } from './sweep-flow.ts';
import { SweepReview } from './sweep-review.tsx';
import { SweepWork } from './sweep-work.tsx';
import { useSweep } from './use-sweep.ts';

const path = '/wallet/move-everything';

/** /wallet/move-everything: all that the wallet holds goes to an address of the owner's. */
export function SweepScreen() {
  const t = useT();
  const state = useWalletState();
  if (state.data?.is === 'ready' && state.data.holdUntilMs === null) return <SweepSteps />;
  return (
    <Page title={t('sweep.title')} bar={{ start: <BackLink from={path} only="narrow" /> }}>
      {state.data === undefined && <SkeletonRows label={t('wallet-check.opening')} count={3} />}
      {state.data?.is === 'ready' && state.data.holdUntilMs !== null && (
        <HoldNotice untilMs={state.data.holdUntilMs} code={state.data.deviceCode} />
      )}
      {state.data && state.data.is !== 'ready' && <MakeWallet />}
    </Page>
  );
}

const titles: Readonly<Record<SweepFlow['at'], PlainKey>> = {
  address: 'sweep.title',
  review: 'sweep.review-title',
  approve: 'send.pin-title',
  working: 'sweep.working-title',
  done: 'sweep.done-title',
  stopped: 'sweep.stopped-title',
};

function SweepSteps() {
  const t = useT();
  const { flow, send, plan, sweep } = useSweep();
  const canGoBack = flow.at === 'review' || flow.at === 'approve';
  return (
    <Page
      title={t(titles[flow.at])}
      bar={{
        start: canGoBack ? (
          <IconButton label={t('action.back')} onClick={() => send({ type: 'back' })}>
            <ArrowLeft aria-hidden="true" className="size-5" />
          </IconButton>
        ) : (
          <BackLink from={path} only="narrow" />
        ),
      }}
    >
      {flow.at === 'address' && <SweepAddress text={flow.text} send={send} plan={plan} />}
      {flow.at === 'review' && <SweepReview flow={flow} send={send} />}
      {flow.at === 'approve' && (
        <>
          <p id="sweep-lead" className="text-muted [overflow-wrap:anywhere]">
            {t('sweep.pin-lead', { address: flow.plan.address })}
          </p>
          <div className="py-4">
            <PinPrompt purpose={sweep} describedBy="sweep-lead" />
          </div>
        </>
      )}
      {flow.at === 'working' && <SweepWork flow={flow} />}
      {(flow.at === 'done' || flow.at === 'stopped') && <SweepEnd flow={flow} send={send} />}
    </Page>
  );
}
