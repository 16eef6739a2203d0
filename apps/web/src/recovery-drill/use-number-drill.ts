import { DomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import type { DrillLogin, DrillStep, RecoveryDrill } from '@hexkey/sdk';
import { useReducer, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { useToast } from '../app/use-toast.ts';
import { useSpeech } from '../i18n/use-t.ts';
import { useOpenFlow } from '../recovery-kit/use-open-flow.ts';
import { useRefreshKit } from '../recovery-kit/use-recovery-kit.ts';
import { advanceDrill, beginDrill, type DrillEvent, type DrillFlow, type NumberDrill } from './drill-flow.ts';

/** A rehearsal that begins with the number: the PIN once, then everything as in earnest. */
export function useNumberDrill(method: NumberDrill) {
  const { hexkey } = useDependencies();
  const { t, language } = useSpeech();
  const say = useToast();
  const refresh = useRefreshKit();
  const [step, setStep] = useState<DrillStep | null>(null);
  const [flow, send] = useReducer(
    (state: DrillFlow, event: DrillEvent) => advanceDrill(state, event, method),
    beginDrill,
  );
  const { prove, current } = useOpenFlow<RecoveryDrill>(
    (pin) => hexkey.recoveryKit.openDrill(method, pin),
    () => send({ type: 'opened' }),
  );
  const phone = 'phone' in flow ? flow.phone : null;

  const orFailed = async (typed: Secret<string> | null, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      send({ type: 'failed', phone: typed, error });
      throw error;
    }
  };
  const request = useOperation((typed: Secret<string>) =>
    orFailed(typed, async () => {
      const verification = await current().requestPhoneCode(typed, language);
      send({ type: 'sent', phone: typed, verification });
    }),
  );
  const offer = useOperation(() =>
    orFailed(phone, async () => {
      if (flow.at !== 'code') return;
      const contactLoginId = await current().offerContact(flow.verification.verificationId);
      if (contactLoginId === null) throw new DomainError('NoRecoveryContact', {});
      send({ type: 'offered', contactLoginId });
    }),
  );
  const ask = useOperation((hexkeyId: string) =>
    orFailed(phone, async () => {
      if (flow.at !== 'contact' && flow.at !== 'contact-code') return;
      const times = await current().requestContactCode(flow.contactLoginId, hexkeyId, language);
      send({ type: 'asked', hexkeyId, times });
    }),
  );
  const finish = useOperation((digits: string) =>
    orFailed(phone, async () => {
      const login = loginOf(flow, new Secret(digits));
      if (login === null) return;
      try {
        await current().finish(login, setStep);
      } finally {
        setStep(null);
      }
      send({ type: 'worked' });
      await refresh();
    }),
  );
  /** A code once more; the one before is over. */
  const again = async (send: () => Promise<boolean>) => {
    finish.reset();
    const isSent = await send();
    if (isSent) say(t('code.resent'));
    return isSent;
  };
  return {
    flow,
    step,
    prove,
    request,
    requestFor: (e164: string) => request.run(new Secret(e164)),
    resend: { ...request, run: () => again(async () => phone !== null && request.run(phone)) },
    offer,
    ask,
    askAgain: {
      ...ask,
      run: () => again(async () => flow.at === 'contact-code' && ask.run(flow.hexkeyId)),
    },
    finish,
  };
}

function loginOf(flow: DrillFlow, code: Secret<string>): DrillLogin | null {
  if (flow.at === 'code') return { verificationId: flow.verification.verificationId, code };
  return flow.at === 'contact-code' ? { contactLoginId: flow.contactLoginId, code } : null;
}
