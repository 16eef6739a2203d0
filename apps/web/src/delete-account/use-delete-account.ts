import { Secret } from '@hexkey/protocol';
import type { DeletionFlow, PhoneVerification } from '@hexkey/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { useSpeech } from '../i18n/use-t.ts';
import { useOpenFlow } from '../recovery-kit/use-open-flow.ts';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';
import { afterRefusal, type DeletionStep } from './deletion-steps.ts';

/** Deleting the account: read, the PIN, what is in the wallet, the code of a phone account, the day, and the PIN again. */
export function useDeleteAccount(hasPhone: boolean) {
  const { hexkey } = useDependencies();
  const { language } = useSpeech();
  const queries = useQueryClient();
  const [step, setStep] = useState<DeletionStep>({ at: 'read' });
  const [sent, setSent] = useState<PhoneVerification | null>(null);
  const [effectiveAtMs, setEffectiveAtMs] = useState(0);
  const [erasesDevice, setErasesDevice] = useState(false);
  const { prove, current } = useOpenFlow<DeletionFlow>(
    (pin) => hexkey.deletion.open(pin),
    () => setStep({ at: 'balances' }),
  );

  const prepare = useOperation(async () => {
    try {
      const prepared = await current().prepare(language);
      setEffectiveAtMs(prepared.effectiveAtMs);
      setSent(prepared.code);
      setStep(
        prepared.code === null
          ? { at: 'day', code: null }
          : { at: 'code', sent: prepared.code, refusal: null },
      );
    } catch (error) {
      setStep((before) => afterRefusal(before, null, error));
      throw error;
    }
  });

  /** The second PIN entry. Afterwards nobody is logged in here. */
  const confirm: PinPurpose = async (pin) => {
    if (step.at !== 'day') return;
    const code = step.code && {
      verificationId: step.code.verificationId,
      digits: new Secret(step.code.digits),
    };
    try {
      await current().confirm({ pin, code, erasesDevice });
    } catch (error) {
      setStep(afterRefusal(step, sent, error));
      throw error;
    }
    queries.clear();
  };

  return {
    step,
    effectiveAtMs,
    erasesDevice,
    setErasesDevice,
    prove,
    prepare,
    confirm,
    goOn: () => setStep({ at: 'pin', again: false }),
    afterBalances: () => (hasPhone ? setStep({ at: 'send' }) : void prepare.run()),
    typed: (digits: string) =>
      setStep(sent === null ? step : { at: 'day', code: { verificationId: sent.verificationId, digits } }),
  };
}
