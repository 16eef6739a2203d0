import { useInfiniteQuery } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';
import { usePlace } from '../app/use-place.ts';

/** The account's log, or before the PIN this login's own part of it; newest first, page after page. */
export function useLogs() {
  const { hexkey } = useDependencies();
  const place = usePlace();
  const sessionId = place.at === 'signed-out' ? null : place.session.sessionId;
  return useInfiniteQuery({
    queryKey: ['logs', sessionId, place.at],
    queryFn: ({ pageParam }) => hexkey.logs(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.more ? page.entries.at(-1)?.id : undefined),
    staleTime: 0,
  });
}
