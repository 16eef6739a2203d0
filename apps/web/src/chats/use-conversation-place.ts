import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { usePlace } from '../app/use-place.ts';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';

const queryKey = ['conversation-place'];

/** Whether this device takes part in conversations; asked anew when that may have changed. */
export function useConversationPlace() {
  const { hexkey } = useDependencies();
  const queries = useQueryClient();
  const place = usePlace();
  const sessionId = place.at === 'home' ? place.session.sessionId : null;
  useEffect(() => hexkey.subscribe(() => void queries.invalidateQueries({ queryKey })), [hexkey, queries]);
  return useQuery({
    queryKey: [...queryKey, sessionId],
    queryFn: () => hexkey.conversationPlace(),
    enabled: sessionId !== null,
  });
}

/** Any right PIN gives this device its place. */
export function useTakePlace(onTaken: () => void): PinPurpose {
  const { hexkey } = useDependencies();
  return async (pin, onProgress) => {
    await hexkey.checkPin(pin, onProgress);
    onTaken();
  };
}
