import { Copy, Share2 } from 'lucide-react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useCopy } from '../app/use-copy.ts';
import { useOperation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { MakeWallet } from './make-wallet.tsx';
import { useWalletState } from './use-wallet.ts';
import { WalletPage } from './wallet-page.tsx';

/** /wallet/receive: the address, to be shown, copied or shared. */
export function ReceiveScreen() {
  const t = useT();
  const state = useWalletState();
  return (
    <WalletPage path="/wallet/receive">
      {state.isPending && <SkeletonRows label={t('wallet-check.opening')} count={3} />}
      {state.isError && (
        <ErrorNotice
          error={state.error}
          actions={<Button onClick={() => void state.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {state.data && (state.data.is === 'ready' ? <Address address={state.data.address} /> : <MakeWallet />)}
    </WalletPage>
  );
}

function Address({ address }: { address: string }) {
  const t = useT();
  const copy = useCopy();
  const { browser } = useDependencies();
  const share = useOperation((text: string) => browser.share?.(text) ?? Promise.resolve());
  return (
    <>
      <p className="text-muted">{t('receive.lead')}</p>
      <div className="flex flex-col items-center gap-4">
        <QrCode text={address} label={t('receive.qr')} failed={t('words.qr-failed')} />
        <h2 className="sr-only">{t('receive.address')}</h2>
        <p translate="no" className="figures max-w-80 break-all text-center font-medium text-title">
          {address}
        </p>
      </div>
      <div className="flex flex-wrap justify-center gap-3">
        <Button onClick={() => copy(address)}>
          <Copy aria-hidden="true" className="size-5" />
          {t('receive.copy')}
        </Button>
        {browser.share !== null && (
          <Button tone="secondary" onClick={() => void share.run(address)}>
            <Share2 aria-hidden="true" className="size-5" />
            {t('receive.share')}
          </Button>
        )}
      </div>
      {share.state.is === 'failed' && <ErrorNotice error={share.state.error} />}
      <p className="text-center text-muted text-sm">{t('receive.contacts')}</p>
    </>
  );
}
