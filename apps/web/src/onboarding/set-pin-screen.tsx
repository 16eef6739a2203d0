import { isDomainError } from '@hexkey/contract';
import { useState } from 'react';
import { usePlace } from '../app/use-place.ts';
import { useT } from '../i18n/use-t.ts';
import { NodesAway } from './nodes-away.tsx';
import { PinQuestion } from './pin-question.tsx';
import { SetPinEntry } from './set-pin-entry.tsx';
import { SetPinFailed, SetPinWorking } from './set-pin-working.tsx';
import { useSetPin } from './use-set-pin.ts';

/** /pin/set: four entries, one question, then the nodes. There is no way past it. */
export function SetPinScreen() {
  const t = useT();
  const place = usePlace();
  // The place moves on while the last step runs; what this page began as it stays.
  const [interrupted] = useState(place.at === 'set-pin' && place.interrupted);
  const { flow, finishing, enter, answerRightly, retry } = useSetPin(interrupted);
  if (flow.at === 'question') return <PinQuestion onRight={answerRightly} />;
  if (flow.at === 'working')
    return <SetPinWorking work="set-pin" title={t('set-pin.working-title')} progress={flow.progress} />;
  if (flow.at === 'failed' && isDomainError(flow.error, 'SomeNodesAway'))
    return <NodesAway error={flow.error} onRetry={() => retry()} onGoOn={() => retry(true)} />;
  if (flow.at === 'failed')
    return (
      <SetPinFailed
        title={t('set-pin.failed-title')}
        lead={t('set-pin.failed-lead')}
        error={flow.error}
        onRetry={() => retry()}
      />
    );
  return (
    <SetPinEntry
      title={t(finishing ? 'set-pin.finish-title' : 'set-pin.title')}
      flow={flow}
      interrupted={finishing}
      onEntered={enter}
    />
  );
}
