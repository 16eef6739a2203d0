import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { usePlace } from '../app/use-place.ts';

const queryKey = ['team-messages'];
/** What a notice tells of: asked anew when one has come. */
const toldOf = [['recovery-kit'], ['devices'], ['account'], ['support-ticket']];

/** Keeps the client connected while it is open, and what is shown as new as what was said. Called once, for the whole client. */
export function useTeamHexkeyConnection(): void {
  const { teamHexkey } = useDependencies().hexkey;
  const queries = useQueryClient();
  useEffect(() => teamHexkey.connect(), [teamHexkey]);
  useEffect(
    () =>
      teamHexkey.subscribe(() => {
        for (const key of [queryKey, ...toldOf]) void queries.invalidateQueries({ queryKey: key });
      }),
    [teamHexkey, queries],
  );
}

/** Oldest first. Kept by account, so that the next account on this device never sees the last one's. */
export function useTeamMessages() {
  const { hexkey } = useDependencies();
  const place = usePlace();
  const accountId = place.at === 'home' ? place.session.accountId : null;
  return useQuery({
    queryKey: [...queryKey, accountId],
    queryFn: () => hexkey.teamHexkey.messages(),
    enabled: accountId !== null,
  });
}

/** Whether the connection was lost and is tried again. */
export function useIsDisconnected(): boolean {
  const { teamHexkey } = useDependencies().hexkey;
  const subscribe = useCallback((listener: () => void) => teamHexkey.subscribe(listener), [teamHexkey]);
  return useSyncExternalStore(subscribe, () => teamHexkey.connection === 'waiting');
}
