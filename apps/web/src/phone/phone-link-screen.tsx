import { CircleCheck } from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton } from '../app/link.tsx';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { useAccount } from '../more/use-account.ts';
import { usePhoneNumbers } from '../onboarding/use-phone-verification.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { Waiting } from '../ui/waiting.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { CodeStep } from './code-step.tsx';
import { NewNumberForm } from './new-number-form.tsx';
import type { PhoneGoal } from './phone-link-flow.ts';
import { usePhoneLink } from './use-phone-link.ts';

const pages = { link: '/settings/account/phone', verify: '/settings/account/phone/verify' } as const;

/** /settings/account/phone: a number is added, or another takes its place. */
export const PhoneLinkScreen = () => <PhonePage goal="link" />;
/** /settings/account/phone/verify: the number that is linked still reaches its owner. */
export const VerifyPhoneScreen = () => <PhonePage goal="verify" />;

function PhonePage({ goal }: { goal: PhoneGoal }) {
  const t = useT();
  const account = useAccount();
  const bar = { start: <BackLink from={pages[goal]} /> };
  if (account.isPending)
    return (
      <BareScreen title={t('account.phone')} bar={bar}>
        <Waiting>{t('link-phone.loading')}</Waiting>
      </BareScreen>
    );
  // A later look that fails takes nothing away from a flow that is under way.
  if (account.data === undefined)
    return (
      <BareScreen title={t('account.phone')} bar={bar}>
        <ErrorNotice
          error={account.error}
          actions={<Button onClick={() => void account.refetch()}>{t('action.retry')}</Button>}
        />
      </BareScreen>
    );
  const { phoneMasked } = account.data;
  if (goal === 'verify' && phoneMasked === null)
    return (
      <BareScreen
        title={t('link-phone.verify-title')}
        bar={bar}
        footer={
          <StepButton wide to="/settings/account/phone">
            {t('link-phone.add')}
          </StepButton>
        }
      >
        <Notice tone="info" title={t('link-phone.none')} />
      </BareScreen>
    );
  return <PhoneLinkSteps goal={goal} present={phoneMasked} />;
}

/** @param present the number that is linked, all but the last digits hidden */
function PhoneLinkSteps({ goal, present }: { goal: PhoneGoal; present: string | null }) {
  const t = useT();
  const say = useToast();
  const { flow, prove, choose, chooseAgain, request, confirm } = usePhoneLink(goal);
  const numbers = usePhoneNumbers();
  const readable = numbers.data?.readable ?? ((e164: string) => e164);
  const bar = { start: <BackLink from={pages[goal]} /> };
  const title =
    goal === 'verify'
      ? t('link-phone.verify-title')
      : t(present === null ? 'link-phone.add' : 'link-phone.change');

  if (flow.at === 'pin')
    return (
      <BareScreen
        title={title}
        bar={bar}
        lead={
          <div id="phone-lead" className="flex flex-col gap-2">
            {flow.again && <p role="alert">{t('pin-again.lead')}</p>}
            {goal === 'verify' ? (
              <p>{t('link-phone.verify-lead', { phone: present ?? '' })}</p>
            ) : (
              <>
                <p>{t('link-phone.lead')}</p>
                <p className="font-medium text-ink">
                  {present === null ? t('link-phone.final') : t('link-phone.change-lead', { phone: present })}
                </p>
              </>
            )}
          </div>
        }
      >
        <div className="flex flex-1 flex-col justify-center py-6 wide:flex-none">
          <PinPrompt purpose={prove} describedBy="phone-lead" />
        </div>
      </BareScreen>
    );
  if (flow.at === 'number')
    return (
      <NewNumberForm
        bar={bar}
        initial={flow.phone}
        refusal={flow.refusal}
        onChosen={choose}
        numbers={numbers}
      />
    );
  if (flow.at === 'done') return <Linked result={flow.linked.result} phone={flow.linked.phoneMasked} />;

  const shown = flow.phone === null ? (present ?? '') : readable(flow.phone.reveal());
  if (flow.at === 'confirm')
    return (
      <Step
        title={t('link-phone.confirm-title')}
        lead={t('link-phone.confirm-lead')}
        bar={bar}
        footer={
          <>
            {request.state.is === 'failed' && <ErrorNotice error={request.state.error} />}
            <Button
              wide
              disabled={request.state.is === 'running'}
              onClick={() => void request.run(flow.phone)}
            >
              {t('action.send-code')}
            </Button>
            {goal === 'link' && (
              <Button wide tone="quiet" onClick={chooseAgain}>
                {t('link-phone.edit')}
              </Button>
            )}
          </>
        }
      >
        <p className="figures text-center font-semibold text-display [overflow-wrap:anywhere]">{shown}</p>
      </Step>
    );
  const resend = {
    ...request,
    run: async () => {
      confirm.reset();
      const sent = await request.run(flow.phone);
      if (sent) say(t('code.resent'));
      return sent;
    },
  };
  return (
    <Step title={t('code.title')} lead={t('code.lead', { phone: shown })} bar={bar}>
      <CodeStep
        atOnce
        sentFor={flow.verification.verificationId}
        resendAtMs={flow.verification.resendAtMs}
        confirm={confirm}
        resend={resend}
        button={(ready) => (
          <>
            <Button wide type="submit" disabled={!ready}>
              {t('action.continue')}
            </Button>
            {goal === 'link' && (
              <Button wide tone="quiet" onClick={chooseAgain}>
                {t('code.change-number')}
              </Button>
            )}
          </>
        )}
      />
    </Step>
  );
}

/** A step within the page: its first field or its heading takes the focus. */
function Step(props: Parameters<typeof BareScreen>[0]) {
  useFocusOnMount();
  return <BareScreen {...props} />;
}

function Linked({ result, phone }: { result: 'added' | 'changed' | 'verified'; phone: string }) {
  const t = useT();
  useFocusOnMount();
  return (
    <BareScreen
      title={t(`link-phone.${result}`)}
      lead={<p role="status">{t(`link-phone.${result}-lead`, { phone })}</p>}
      hero={<CircleCheck aria-hidden="true" className="mb-4 size-12 stroke-[1.5] text-good" />}
      footer={
        <StepButton wide to="/settings/account/security/recovery-kit">
          {t('action.done')}
        </StepButton>
      }
    />
  );
}
