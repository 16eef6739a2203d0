import { useQuery } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';
import { usePlace } from '../app/use-place.ts';

/** The PIN nodes of the account, as they answered last. */
export function usePinNodes() {
  const { hexkey } = useDependencies();
  const place = usePlace();
  const accountId = place.at === 'home' ? place.session.accountId : null;
  return useQuery({
    queryKey: ['pin-nodes', accountId],
    queryFn: () => hexkey.pinNodes(),
    enabled: accountId !== null,
  });
}
