import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { usePlace } from '../app/use-place.ts';

/** What the PIN nodes wrote down, as this device read it last; asked anew when it has been read again. */
export function usePinHistory() {
  const { hexkey } = useDependencies();
  const queries = useQueryClient();
  const place = usePlace();
  const accountId = place.at === 'home' ? place.session.accountId : null;
  useEffect(
    () => hexkey.subscribe(() => void queries.invalidateQueries({ queryKey: ['pin-history'] })),
    [hexkey, queries],
  );
  return useQuery({
    queryKey: ['pin-history', accountId],
    queryFn: () => hexkey.pinHistory(),
    enabled: accountId !== null,
  });
}

/** Takes a warning away; one about a node accepts what the node tells now. */
export function useDismissWarning() {
  const { hexkey } = useDependencies();
  return useOperation((id: string) => hexkey.dismissPinWarning(id));
}

/** Hands the history out as a file that anybody can verify. */
export function useExportHistory() {
  const { hexkey, browser, clock } = useDependencies();
  return useOperation(async () => {
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    browser.saveText(`hexkey-pin-history-${day}.json`, await hexkey.exportPinHistory());
  });
}
