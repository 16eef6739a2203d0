import type { WalletState } from '@hexkey/sdk';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { PinSteps } from '../onboarding/pin-steps.tsx';
import { Button } from '../ui/button.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { MakeWallet } from './make-wallet.tsx';
import { NoWayBack } from './no-way-back.tsx';
import { ReadyWallet } from './ready-wallet.tsx';
import { Teaching } from './teaching.tsx';
import { useWalletState } from './use-wallet.ts';

/** What is in the wallet, and what can be done. @param heading its rank: the page's own title, or that of what stands beside a page */
export function WalletHome({ heading: Heading }: { heading: 'h1' | 'h2' }) {
  const t = useT();
  const state = useWalletState();
  return (
    <div className="mx-auto flex max-w-160 flex-col gap-4 px-4 pb-8">
      <div className="flex min-h-16 items-center justify-between gap-2">
        <Heading tabIndex={-1} className="font-semibold text-title">
          {t('tab.wallet')}
        </Heading>
        {state.data?.is === 'ready' && state.data.ledger.kind === 'devnet' && (
          <span className="rounded-full border border-warn px-3 py-0.5 font-medium text-sm text-warn">
            {t('wallet.devnet')}
          </span>
        )}
      </div>
      <NoWayBack />
      {state.isPending && <SkeletonRows label={t('wallet-check.opening')} count={3} />}
      {state.isError && (
        <ErrorNotice
          error={state.error}
          actions={<Button onClick={() => void state.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {state.data && <Present state={state.data} />}
    </div>
  );
}

function Present({ state }: { state: WalletState }) {
  const t = useT();
  switch (state.is) {
    case 'missing':
      return <MakeWallet />;
    case 'making':
      return (
        <Teaching
          title={t('wallet.making-title')}
          work={<PinSteps work="wallet" label={t('wallet.progress')} progress={state.progress} />}
        >
          {t('wallet.making')}
        </Teaching>
      );
    case 'ready':
      return <ReadyWallet state={state} />;
  }
}
