import { type DeviceView, isDomainError } from '@hexkey/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';
import { usePlace } from '../app/use-place.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';

const queryKey = ['devices'];

/** The devices that are logged in, this one first. Kept by session: the next account never sees the last one's. */
export function useDevices() {
  const { hexkey } = useDependencies();
  const place = usePlace();
  const sessionId = place.at === 'signed-out' ? null : place.session.sessionId;
  return useQuery({
    queryKey: [...queryKey, sessionId],
    queryFn: () => hexkey.devices(),
    staleTime: 0,
  });
}

/** What is to be ended: one device, or all others. */
export type Ending = DeviceView | 'others';

/** Ends devices for the PIN, and says what came of it. */
export function useEndDevices(ending: Ending, onEnded: () => void): PinPurpose {
  const { hexkey } = useDependencies();
  const queries = useQueryClient();
  const toast = useToast();
  const t = useT();

  const end: PinPurpose = async (pin) => {
    if (ending === 'others') {
      await hexkey.endOtherDevices(pin);
      return t('devices.ended-others');
    }
    try {
      await hexkey.endDevice(ending.sessionId, pin);
      return t('devices.ended', { name: ending.name });
    } catch (error) {
      // It left by itself, or another device ended it: what was wanted is so.
      if (isDomainError(error, 'NotFound')) return t('devices.gone', { name: ending.name });
      throw error;
    }
  };
  return async (pin, onProgress) => {
    const outcome = (await end(pin, onProgress)) as string;
    await queries.invalidateQueries({ queryKey });
    toast(outcome);
    onEnded();
  };
}
