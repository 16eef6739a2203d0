import { isDomainError } from '@hexkey/contract';
import type { Approval, PinProgress } from '@hexkey/sdk';
import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useOperation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { useWho } from '../transfers/use-who.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { sayAmount } from '../wallet/say-amount.ts';
import { usePasskeyPay } from '../wallet/use-wallet.ts';
import type { SendFlow } from './send-flow.ts';
import type { useSendMoney } from './use-send-money.ts';

/** Of these the payment has no part: nothing needs to be said of it. */
const entryRefusals = ['WrongPin', 'PinLocked', 'PasskeyRefused'] as const;

/** The PIN, or for a while after it a passkey. */
export function ApproveStep(props: {
  flow: Extract<SendFlow, { at: 'approve' }>;
  pay: ReturnType<typeof useSendMoney>['pay'];
}) {
  const t = useT();
  const who = useWho();
  const { quote } = props.flow;
  const [isStopped, setStopped] = useState(false);
  const pay = async (approval: Approval, onPin: (progress: PinProgress) => void) => {
    setStopped(false);
    try {
      await props.pay(approval, onPin);
    } catch (error) {
      setStopped(!entryRefusals.some((name) => isDomainError(error, name)));
      throw error;
    }
  };
  return (
    <>
      <p id="pay-lead" className="figures text-muted [overflow-wrap:anywhere]">
        {t('send.pin-lead', {
          amount: sayAmount({ amount: quote.amount, ...quote.asset }),
          name: who(quote.recipient),
        })}
      </p>
      <PasskeyButton pay={pay} />
      {isStopped && <Notice tone="info" title={t('send.stopped')} />}
      <div className="py-4">
        <PinPrompt purpose={(pin, onProgress) => pay({ pin }, onProgress)} describedBy="pay-lead" />
      </div>
    </>
  );
}

function PasskeyButton({ pay }: { pay: ReturnType<typeof useSendMoney>['pay'] }) {
  const t = useT();
  const passkey = usePasskeyPay();
  const { state, run } = useOperation(() => pay({ passkey: true }, () => undefined));
  const isOffered = passkey.data?.is === 'on' && !passkey.data.pinNeeded;
  // One that failed has switched itself off, and stays to say so.
  if (!isOffered && state.is === 'idle') return null;
  return (
    <div className="flex flex-col gap-3">
      {isOffered && (
        <Button wide disabled={state.is === 'running'} onClick={() => void run()}>
          <Fingerprint aria-hidden="true" className="size-5" />
          {t('send.passkey')}
        </Button>
      )}
      {state.is === 'running' && <Waiting>{t('send.step-unlocking')}</Waiting>}
      {state.is === 'failed' &&
        (isDomainError(state.error, 'PasskeyRefused') ? (
          <ErrorNotice error={state.error} />
        ) : (
          <Notice urgent tone="warn" title={t('send.passkey-off')} />
        ))}
      <p className="pt-2 text-center text-muted text-sm">{t('send.or-pin')}</p>
    </div>
  );
}
