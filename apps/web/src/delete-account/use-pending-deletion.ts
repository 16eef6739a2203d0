import { useQuery } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';
import { usePlace } from '../app/use-place.ts';

/** Whether the account of a login that has not shown its PIN is about to be deleted. */
export function usePendingDeletion() {
  const { hexkey } = useDependencies();
  const place = usePlace();
  const sessionId = place.at === 'enter-pin' ? place.session.sessionId : null;
  return useQuery({
    queryKey: ['pending-deletion', sessionId],
    queryFn: () => hexkey.deletion.pending(),
    enabled: sessionId !== null,
    gcTime: 0,
    retry: false,
  });
}
