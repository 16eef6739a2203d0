import { isDomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import { useReducer, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { reportFailure } from '../app/report-failure.ts';
import { useBusy } from '../app-update/use-busy.ts';
import { advanceSetPin, type SetPinEvent, type SetPinFlow, startOver } from './set-pin-flow.ts';
import { isWeakPin } from './weak-pin.ts';

/**
 * Setting the first PIN, or finishing an interrupted set. Afterwards the words are on offer.
 * @param interrupted how the page was entered; finding nothing to finish turns it into a first set
 */
export function useSetPin(interrupted: boolean) {
  const [finishing, setFinishing] = useState(interrupted);
  const dependencies = useDependencies();
  // Digits are kept from entry to entry, and for Retry.
  useBusy('pin');
  const { hexkey, onboarding, browser } = dependencies;
  const [flow, send] = useReducer(
    (state: SetPinFlow, event: SetPinEvent) => advanceSetPin(state, event, finishing),
    startOver(null),
  );

  const perform = async (pin: Secret<string>, acceptFewerNodes = false) => {
    // The place becomes home before the words are at hand; until then this page stays.
    onboarding.set({ ...onboarding.get(), isSettingPin: true });
    try {
      const words = await hexkey.setPin(pin, (progress) => send({ type: 'progressed', progress }), {
        acceptFewerNodes,
      });
      onboarding.set({ ...onboarding.get(), isSettingPin: false, offeredWords: words });
      void browser.persistStorage();
    } catch (error) {
      onboarding.set({ ...onboarding.get(), isSettingPin: false });
      reportFailure(dependencies, error);
      if (isDomainError(error, 'WrongPin')) send({ type: 'refused-as-different' });
      else if (isDomainError(error, 'SameAsLegacyPin')) send({ type: 'refused-as-legacy' });
      else if (isDomainError(error, 'PinSetInterrupted')) {
        // A PIN typed once to finish must not become a new one: it is chosen again, four times.
        setFinishing(false);
        send({ type: 'nothing-to-finish' });
      } else send({ type: 'failed', error });
    }
  };

  return {
    flow,
    finishing,
    enter(digits: string) {
      const pin = new Secret(digits);
      if (!finishing && isWeakPin(hexkey, pin)) return send({ type: 'refused-as-weak' });
      send({ type: 'entered', pin });
      if (finishing) void perform(pin);
    },
    answerRightly() {
      if (flow.at !== 'question') return;
      send({ type: 'answered-rightly' });
      void perform(flow.pin);
    },
    /** @param acceptFewerNodes the owner was told that some are away */
    retry(acceptFewerNodes = false) {
      if (flow.at !== 'failed') return;
      send({ type: 'retried' });
      void perform(flow.pin, acceptFewerNodes);
    },
  };
}
