import { isDomainError } from '@hexkey/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { noAttempts } from './attempt-state.ts';
import type { PinPurpose } from './use-pin-prompt.ts';

/**
 * Opens the account for the PIN.
 * @param keepsAccount takes back that it is to be deleted @param onPending told when it is, and was not known to be
 */
export function useUnlock(keepsAccount: boolean, onPending: () => void): PinPurpose {
  const { hexkey } = useDependencies();
  return async (pin, onProgress) => {
    try {
      await hexkey.unlock(pin, onProgress, { keepsAccount });
    } catch (error) {
      if (isDomainError(error, 'DeletionPending')) onPending();
      throw error;
    }
  };
}

/** Whether leaving this device would lose the only copy of the words. */
export function useOnlyCopy() {
  const { hexkey } = useDependencies();
  return useQuery({ queryKey: ['only-copy'], queryFn: () => hexkey.holdsOnlyCopyOfWords(), gcTime: 0 });
}

/** Drops this login without the PIN. */
export function useSwitchAccount() {
  const { hexkey, attempts } = useDependencies();
  const queries = useQueryClient();
  return useOperation(async () => {
    await hexkey.switchAccount();
    attempts.set(noAttempts);
    queries.clear();
  });
}
