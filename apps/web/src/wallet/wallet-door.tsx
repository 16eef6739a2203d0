import type { ReactNode } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useWalletAccess } from './use-wallet-access.ts';

/**
 * Shows what is behind it once it is known that no PIN comes first. The guard leads to the check when one does.
 * @param frame the page in which the closed door stands
 */
export function WalletDoor(props: { frame: (closed: ReactNode) => ReactNode; children: ReactNode }) {
  const t = useT();
  const { access, state, retry } = useWalletAccess();
  if (access === 'open') return props.children;
  return props.frame(
    state.is === 'failed' ? (
      <ErrorNotice error={state.error} actions={<Button onClick={retry}>{t('action.retry')}</Button>} />
    ) : (
      <SkeletonRows label={t('wallet-check.opening')} count={3} />
    ),
  );
}
