import { useEffect, useLayoutEffect } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useStore } from '../app/store.ts';
import { type OperationState, useOperation } from '../app/use-operation.ts';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';
import { isWalletArea, type WalletAccess } from './wallet-access.ts';

/** Asks whether the wallet may be shown: when it is opened, and when somebody comes back to it after looking elsewhere. */
export function useWalletAccess(): { access: WalletAccess; state: OperationState; retry: () => void } {
  const { hexkey, walletAccess } = useDependencies();
  const access = useStore(walletAccess);
  const { state, run } = useOperation(async () =>
    walletAccess.set((await hexkey.isCheckDue()) ? 'check-due' : 'open'),
  );
  useEffect(() => {
    if (access === 'unknown') void run();
  }, [access, run]);
  useEffect(() => {
    const cameBack = () => {
      if (document.visibilityState === 'visible') void run();
    };
    document.addEventListener('visibilitychange', cameBack);
    return () => document.removeEventListener('visibilitychange', cameBack);
  }, [run]);
  return { access, state, retry: () => void run() };
}

/** Opens the wallet for the PIN. */
export function useWalletCheck(): PinPurpose {
  const { hexkey, walletAccess } = useDependencies();
  return async (pin, onProgress) => {
    await hexkey.checkPin(pin, onProgress);
    walletAccess.set('open');
  };
}

/**
 * Closes the wallet whenever its pages are left or entered. Entered too: while a page is on its way the one before still stands, and
 * may have asked and been answered after it was left.
 */
export function useClosedOutside(path: string): void {
  const { walletAccess } = useDependencies();
  const isInside = isWalletArea(path);
  // Before anything is painted, so that no wallet shows for a moment.
  // biome-ignore lint/correctness/useExhaustiveDependencies: crossing the threshold is what this follows
  useLayoutEffect(() => walletAccess.set('unknown'), [isInside, walletAccess]);
}
