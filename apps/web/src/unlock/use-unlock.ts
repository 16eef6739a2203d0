import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { noAttempts } from './attempt-state.ts';
import type { PinPurpose } from './use-pin-prompt.ts';

/** Opens the account for the PIN. */
export function useUnlock(): PinPurpose {
  const { hexkey } = useDependencies();
  return (pin, onProgress) => hexkey.unlock(pin, onProgress);
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
