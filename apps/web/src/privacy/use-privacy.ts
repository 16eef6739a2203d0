import type { PrivacySettings } from '@hexkey/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { usePlace } from '../app/use-place.ts';

/** Who reaches and finds the owner, and the change of it. Shown by account, so that the next account never sees the last one's. */
export function usePrivacy() {
  const { privacy } = useDependencies().hexkey;
  const queries = useQueryClient();
  const place = usePlace();
  const accountId = place.at === 'home' ? place.session.accountId : null;
  const queryKey = ['privacy', accountId];
  const settings = useQuery({
    queryKey,
    queryFn: () => privacy.settings(),
    enabled: accountId !== null,
    refetchOnMount: 'always',
  });
  const change = useOperation(async (next: Partial<PrivacySettings>) => {
    queries.setQueryData(queryKey, await privacy.change(next));
  });
  return { settings, change };
}
