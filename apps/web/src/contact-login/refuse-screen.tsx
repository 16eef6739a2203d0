import { isDomainError, type PendingContactLogin } from '@hexkey/contract';
import { useNavigate } from '@tanstack/react-router';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton } from '../app/link.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useNow } from '../app/use-now.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { useRecoveryKit, useRefreshKit } from '../recovery-kit/use-recovery-kit.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Card, Fact } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';

/** /chats/contact-login: any device that is logged in refuses a login through the recovery contact, with the PIN. */
export function RefuseScreen() {
  const t = useT();
  const kit = useRecoveryKit();
  const pending = kit.data?.pendingContactLogin ?? null;
  const nowMs = useNow(pending !== null);
  const isUnderWay = pending !== null && pending.expiresAtMs > nowMs;
  return (
    <BareScreen
      title={t('refuse.title')}
      bar={{ start: <BackLink from="/chats/contact-login" /> }}
      {...(isUnderWay && { lead: <p id="refuse-lead">{t('refuse.lead')}</p> })}
    >
      {kit.isPending && <Waiting>{t('refuse.loading')}</Waiting>}
      {kit.isError && (
        <ErrorNotice
          error={kit.error}
          actions={<Button onClick={() => void kit.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {kit.data && !isUnderWay && (
        <Notice
          tone="good"
          title={t('refuse.none')}
          actions={
            <StepButton tone="secondary" to="/settings/account/security/devices">
              {t('refuse.see-devices')}
            </StepButton>
          }
        >
          {t('refuse.none-lead')}
        </Notice>
      )}
      {isUnderWay && <Refusal pending={pending} />}
    </BareScreen>
  );
}

function Refusal({ pending }: { pending: PendingContactLogin }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const refuse = useRefuse(pending.contactLoginId);
  return (
    <div className="flex flex-col gap-8">
      <Card>
        <Fact name={t('refuse.asked-at')}>{dateTime(pending.requestedAtMs)}</Fact>
        <Fact name={t('refuse.place')}>{pending.place ?? t('team.place-unknown')}</Fact>
      </Card>
      <PinPrompt purpose={refuse} describedBy="refuse-lead" />
    </div>
  );
}

function useRefuse(contactLoginId: string): PinPurpose {
  const { hexkey } = useDependencies();
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const refresh = useRefreshKit();
  return async (pin) => {
    try {
      await hexkey.recoveryKit.refuseContactLogin(contactLoginId, pin);
      say(t('refuse.done'));
    } catch (error) {
      // Another device was quicker, or its time is over.
      if (!isDomainError(error, 'NotFound')) throw error;
      say(t('refuse.gone'));
    }
    await refresh();
    await navigate({ to: '/chats' });
  };
}
