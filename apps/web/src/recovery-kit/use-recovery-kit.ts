import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { usePlace } from '../app/use-place.ts';

/** What the kit says now, kept by account so that the next account on this device never sees the last one's. */
export function useRecoveryKit() {
  const { hexkey } = useDependencies();
  const place = usePlace();
  const accountId = place.at === 'home' ? place.session.accountId : null;
  return useQuery({
    queryKey: ['recovery-kit', accountId],
    queryFn: () => hexkey.recoveryKit.state(),
    enabled: accountId !== null,
    staleTime: 0,
  });
}

/** After a change: the kit, and what the account shows of it. */
export function useRefreshKit(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    for (const queryKey of [['recovery-kit'], ['account'], ['only-copy']])
      await queries.invalidateQueries({ queryKey });
  };
}

/** Puts a reminder off for seven days. */
export function useSnooze(reminder: 'kit' | 'phone') {
  const { hexkey } = useDependencies();
  const refresh = useRefreshKit();
  return useOperation(async () => {
    await hexkey.recoveryKit.snooze(reminder);
    await refresh();
  });
}
