import { Secret } from '@hexkey/protocol';
import type { PhoneLink } from '@hexkey/sdk';
import { useReducer } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { useSpeech } from '../i18n/use-t.ts';
import { useOpenFlow } from '../recovery-kit/use-open-flow.ts';
import { useRefreshKit } from '../recovery-kit/use-recovery-kit.ts';
import { advancePhoneLink, beginPhoneLink, type PhoneGoal, type PhoneLinkFlow } from './phone-link-flow.ts';

/** Adding, changing or verifying a number: the PIN once, then a code to the number. */
export function usePhoneLink(goal: PhoneGoal) {
  const { hexkey } = useDependencies();
  const { language } = useSpeech();
  const refresh = useRefreshKit();
  const [flow, send] = useReducer(
    (state: PhoneLinkFlow, event: Parameters<typeof advancePhoneLink>[1]) =>
      advancePhoneLink(state, event, goal),
    beginPhoneLink,
  );
  const { prove, current } = useOpenFlow<PhoneLink>(
    (pin) => hexkey.recoveryKit.openPhone(pin),
    () => send({ type: 'opened' }),
  );

  const orRefused = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      send({ type: 'refused', error });
      throw error;
    }
  };
  const request = useOperation((phone: Secret<string> | null) =>
    orRefused(async () => {
      send({ type: 'sent', verification: await current().requestCode(phone, language) });
    }),
  );
  const confirm = useOperation((digits: string) =>
    orRefused(async () => {
      if (flow.at !== 'code') return;
      const linked = await current().confirm(flow.verification.verificationId, new Secret(digits), language);
      send({ type: 'linked', linked });
      await refresh();
    }),
  );

  return {
    flow,
    prove,
    choose(e164: string) {
      request.reset();
      send({ type: 'chose', phone: new Secret(e164) });
    },
    chooseAgain() {
      request.reset();
      confirm.reset();
      send({ type: 'chose-again' });
    },
    request,
    confirm,
  };
}
