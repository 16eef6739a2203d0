import { isDomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import type { NewDevice } from '@hexkey/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';

/** A scanned code, the device behind it, and the PIN that lets it in. */
export function useLinkDevice() {
  const { hexkey } = useDependencies();
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [found, setFound] = useState<NewDevice | null>(null);
  const [isGone, setGone] = useState(false);
  const { state, run } = useOperation(async (code: Secret<string>) => {
    setGone(false);
    try {
      setFound(await hexkey.deviceLinks.open(code));
    } catch (error) {
      setGone(isDomainError(error, 'NotFound'));
      throw error;
    }
  });
  const approve: PinPurpose = async (pin) => {
    if (found === null) return;
    try {
      await found.approve(pin);
    } catch (error) {
      if (!isDomainError(error, 'NotFound') && !isDomainError(error, 'NotALinkCode')) throw error;
      // The PIN took longer than the code may: another code is to be scanned.
      setFound(null);
      setGone(true);
      return;
    }
    await queries.invalidateQueries({ queryKey: ['devices'] });
    say(t('link-device.done', { name: found.name }));
    await navigate({ to: '/settings/account/security/devices' });
  };
  return { found, isGone, state, open: (code: string) => void run(new Secret(code)), approve };
}
