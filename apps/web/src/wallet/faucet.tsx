import type { Asset } from '@hexkey/sdk';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { useWalletDeed } from './use-wallet.ts';

/** Play money of a test network. On any other there is none, and so nothing here. */
export function Faucet({ assets }: { assets: readonly Asset[] }) {
  const t = useT();
  const say = useToast();
  const ask = useWalletDeed((wallet, { mint }: Asset) => wallet.requestTestFunds(mint));
  if (assets.length === 0) return null;
  const submit = async (asset: Asset) => {
    if (await ask.run(asset)) say(t('wallet.faucet-done', { symbol: asset.symbol }));
  };
  return (
    <section className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <p className="text-muted text-sm">{t('wallet.devnet-hint')}</p>
      <div className="flex flex-wrap gap-2">
        {assets.map((asset) => (
          <Button
            key={asset.mint ?? 'sol'}
            tone="secondary"
            disabled={ask.state.is === 'running'}
            onClick={() => void submit(asset)}
          >
            {t('wallet.faucet', { symbol: asset.symbol })}
          </Button>
        ))}
      </div>
      {ask.state.is === 'failed' && <ErrorNotice error={ask.state.error} />}
    </section>
  );
}
