import type { PinWarning } from '@hexkey/sdk';
import { StepButton } from '../app/link.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useDismissWarning } from './use-pin-history.ts';

/** One warning: what was found, what it means, what to do; it stays until it is dismissed. */
export function PinWarningCard({ warning, nodeCount }: { warning: PinWarning; nodeCount: number }) {
  const t = useT();
  const dismiss = useDismissWarning();
  const { tone, title, body, steps } = useWarningText(warning, nodeCount);
  return (
    <Notice
      tone={tone}
      title={title}
      actions={
        <>
          {steps}
          <Button
            tone="secondary"
            disabled={dismiss.state.is === 'running'}
            onClick={() => void dismiss.run(warning.id)}
          >
            {warning.kind === 'node-history' ? t('pin-log.accept') : t('pin-log.dismiss')}
          </Button>
        </>
      }
    >
      {body.map((line) => (
        <p key={line} className="mt-1 first:mt-0">
          {line}
        </p>
      ))}
    </Notice>
  );
}

function useWarningText(warning: PinWarning, nodeCount: number) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const toDevices = (
    <StepButton to="/settings/account/security/devices">{t('pin-log.see-devices')}</StepButton>
  );
  const toChange = (
    <StepButton to="/settings/account/security/pin/change">{t('change-pin.title')}</StepButton>
  );
  switch (warning.kind) {
    case 'foreign-attempts': {
      const { tries, firstAtMs, lastAtMs, nodes, rightPinFollowed } = warning;
      return {
        tone: 'danger',
        title: tries === 0 ? t('pin-log.foreign-refused') : t('pin-log.foreign', { count: tries }),
        body: [
          t('pin-log.foreign-when', { first: dateTime(firstAtMs), last: dateTime(lastAtMs) }),
          t('pin-log.told-by', { told: nodes.length, of: nodeCount }),
          rightPinFollowed ? t('pin-log.foreign-right') : t('pin-log.foreign-wrong'),
        ],
        steps: rightPinFollowed ? toChange : toDevices,
      } as const;
    }
    case 'new-device':
      return {
        tone: 'info',
        title: t('pin-log.new-device', { device: warning.name ?? t('pin-log.unnamed') }),
        body: [dateTime(warning.atMs), t('pin-log.new-device-next')],
        steps: toDevices,
      } as const;
    case 'node-history':
      return {
        tone: 'danger',
        title: t('pin-log.node-title', { node: warning.name, operator: warning.operator }),
        body: [t(`pin-log.node-${warning.verdict}`), t('pin-log.node-next', { operator: warning.operator })],
        steps: null,
      } as const;
    case 'heads-rolled-back':
      return {
        tone: 'warn',
        title: t('pin-log.heads-title'),
        body: [t(`pin-log.heads-${warning.problem}`), t('pin-log.heads-next')],
        steps: null,
      } as const;
  }
}
