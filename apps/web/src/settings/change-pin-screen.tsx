import { isDomainError } from '@hexkey/contract';
import { CircleCheck } from 'lucide-react';
import { BackLink, StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { NodesAway } from '../onboarding/nodes-away.tsx';
import { SetPinEntry } from '../onboarding/set-pin-entry.tsx';
import { SetPinFailed, SetPinWorking } from '../onboarding/set-pin-working.tsx';
import { BareScreen } from '../ui/bare-screen.tsx';
import { CheckRow } from '../ui/check-row.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { useChangePin } from './use-change-pin.ts';

/** /settings/account/security/pin/change: the old PIN, the new one four times, the nodes, done. */
export function ChangePinScreen() {
  const t = useT();
  const { oldPin, checkOld, someoneKnew, setSomeoneKnew, flow, isDone, enter, retry } = useChangePin();
  const bar = { start: <BackLink from="/settings/account/security/pin/change" /> };
  if (isDone) return <Changed someoneKnew={someoneKnew} />;
  if (oldPin === null)
    return (
      <BareScreen
        title={t('change-pin.title')}
        lead={<span id="old-lead">{t('change-pin.old-lead')}</span>}
        bar={bar}
      >
        <div className="flex flex-1 flex-col justify-center py-6 wide:flex-none wide:pt-16">
          <PinPrompt purpose={checkOld} describedBy="old-lead" />
        </div>
        <CheckRow label={t('change-pin.someone-knew')} checked={someoneKnew} onChange={setSomeoneKnew}>
          {t('change-pin.someone-knew-effect')}
        </CheckRow>
      </BareScreen>
    );
  if (flow.at === 'entry')
    return <SetPinEntry title={t('change-pin.new-title')} flow={flow} bar={bar} onEntered={enter} />;
  if (flow.at === 'failed' && isDomainError(flow.error, 'SomeNodesAway'))
    return (
      <NodesAway
        error={flow.error}
        onRetry={() => retry()}
        onGoOn={() => retry(true)}
        leave={
          <StepButton wide tone="secondary" to="/settings/account/security/pin">
            {t('change-pin.cancel')}
          </StepButton>
        }
      />
    );
  if (flow.at === 'failed')
    return (
      <SetPinFailed
        title={t('change-pin.failed-title')}
        lead={t('change-pin.failed-lead')}
        error={flow.error}
        onRetry={() => retry()}
        leave={
          <StepButton wide tone="secondary" to="/settings/account/security/pin">
            {t('change-pin.leave')}
          </StepButton>
        }
      />
    );
  return (
    <SetPinWorking
      work="change-pin"
      title={t('change-pin.working-title')}
      progress={flow.at === 'working' ? flow.progress : null}
    />
  );
}

function Changed({ someoneKnew }: { someoneKnew: boolean }) {
  const t = useT();
  return (
    <BareScreen
      title={t('change-pin.done-title')}
      lead={
        <p role="status">{t(someoneKnew ? 'change-pin.done-lead-someone-knew' : 'change-pin.done-lead')}</p>
      }
      hero={<CircleCheck aria-hidden="true" className="mb-4 size-12 stroke-[1.5] text-good" />}
      footer={
        <StepButton wide to="/settings/account/security/pin">
          {t('action.done')}
        </StepButton>
      }
    />
  );
}
