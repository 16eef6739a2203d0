import { Secret } from '@hexkey/protocol';
import type { PinProgress } from '@hexkey/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useReducer, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { reportFailure } from '../app/report-failure.ts';
import { useBusy } from '../app-update/use-busy.ts';
import { advanceSetPin, type SetPinEvent, type SetPinFlow, startOver } from '../onboarding/set-pin-flow.ts';
import { isWeakPin } from '../onboarding/weak-pin.ts';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';

/** Old PIN, new PIN four times, the nodes, done. Both are held until the page is left, so that Retry can use them. */
export function useChangePin() {
  const dependencies = useDependencies();
  useBusy('pin');
  const { hexkey, pinChangePostponed } = dependencies;
  const queries = useQueryClient();
  const [oldPin, setOldPin] = useState<Secret<string> | null>(null);
  const [someoneKnew, setSomeoneKnew] = useState(false);
  const [isDone, setDone] = useState(false);
  const [flow, send] = useReducer(
    (state: SetPinFlow, event: SetPinEvent) => advanceSetPin(state, event, false),
    startOver(null),
  );

  const checkOld: PinPurpose = async (pin, onProgress) => {
    await hexkey.checkPin(pin, onProgress);
    setOldPin(pin);
  };
  const perform = async (from: Secret<string>, to: Secret<string>, acceptFewerNodes = false) => {
    // What is interrupted here is finished here; the page that does so at a start stays away.
    pinChangePostponed.set(true);
    try {
      const onProgress = (progress: PinProgress) => send({ type: 'progressed', progress });
      await hexkey.changePin(from, to, onProgress, { acceptFewerNodes, someoneKnew });
      setDone(true);
      void queries.invalidateQueries();
    } catch (error) {
      reportFailure(dependencies, error);
      send({ type: 'failed', error });
    }
  };

  return {
    oldPin,
    checkOld,
    someoneKnew,
    setSomeoneKnew,
    flow,
    isDone,
    enter(digits: string) {
      if (oldPin === null) return;
      const pin = new Secret(digits);
      if (isWeakPin(hexkey, pin)) return send({ type: 'refused-as-weak' });
      if (pin.reveal() === oldPin.reveal()) return send({ type: 'refused-as-unchanged' });
      const entered: SetPinEvent = { type: 'entered', pin };
      send(entered);
      if (advanceSetPin(flow, entered, false).at !== 'question') return;
      send({ type: 'answered-rightly' });
      void perform(oldPin, pin);
    },
    /** @param acceptFewerNodes the owner was told that some are away */
    retry(acceptFewerNodes = false) {
      if (flow.at !== 'failed' || oldPin === null) return;
      send({ type: 'retried' });
      void perform(oldPin, flow.pin, acceptFewerNodes);
    },
  };
}
