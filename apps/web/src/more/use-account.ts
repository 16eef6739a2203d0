import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { usePlace } from '../app/use-place.ts';

/** The own account, kept by account id so that the next account on this device never sees the last one's. */
export function useAccount() {
  const { hexkey } = useDependencies();
  const place = usePlace();
  const accountId = place.at === 'home' ? place.session.accountId : null;
  return useQuery({
    queryKey: ['account', accountId],
    queryFn: () => hexkey.account(),
    enabled: accountId !== null,
  });
}

/** Changes the profile name. */
export function useSetName() {
  const { hexkey } = useDependencies();
  const queries = useQueryClient();
  return useOperation(async (name: string) => {
    await hexkey.setName(name);
    await queries.invalidateQueries({ queryKey: ['account'] });
  });
}
