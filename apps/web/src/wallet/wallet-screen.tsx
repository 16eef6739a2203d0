import { useT } from '../i18n/use-t.ts';
import { NothingChosen } from '../ui/nothing-chosen.tsx';

/** /wallet beside the wallet itself: nothing is open yet. */
export function WalletScreen() {
  const t = useT();
  return <NothingChosen>{t('wallet.choose')}</NothingChosen>;
}
