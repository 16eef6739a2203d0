import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { useRecoveryKit } from '../recovery-kit/use-recovery-kit.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { Waiting } from '../ui/waiting.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { ChooseContact } from './choose-contact.tsx';
import { ContactCode } from './contact-code.tsx';
import { ContactPage } from './contact-page.tsx';
import { ExplainContact, ReadyList } from './explain-contact.tsx';
import { useContactFlow } from './use-contact-flow.ts';

/** /settings/account/security/recovery-kit/contact: who can hear a login code for the owner. */
export function RecoveryContactScreen() {
  const t = useT();
  const kit = useRecoveryKit();
  const bar = { start: <BackLink from="/settings/account/security/recovery-kit/contact" /> };
  if (kit.isPending)
    return (
      <BareScreen title={t('contact.title')} bar={bar}>
        <Waiting>{t('kit.loading')}</Waiting>
      </BareScreen>
    );
  if (kit.data === undefined)
    return (
      <BareScreen title={t('contact.title')} bar={bar}>
        <ErrorNotice
          error={kit.error}
          actions={<Button onClick={() => void kit.refetch()}>{t('action.retry')}</Button>}
        />
      </BareScreen>
    );
  return (
    <ContactSteps isSet={kit.data.contact.state === 'added'} hasPhone={kit.data.phone.state === 'added'} />
  );
}

function ContactSteps({ isSet, hasPhone }: { isSet: boolean; hasPhone: boolean }) {
  const t = useT();
  const steps = useContactFlow(isSet);
  const { flow, send } = steps;
  const bar = { start: <BackLink from="/settings/account/security/recovery-kit/contact" /> };
  switch (flow.at) {
    case 'explain':
      return <ExplainContact bar={bar} onUnderstood={() => send({ type: 'understood' })} />;
    case 'ready':
      return <ReadyList bar={bar} hasPhone={hasPhone} onReady={() => send({ type: 'ready' })} />;
    case 'door':
      return (
        <BareScreen
          title={t('contact.door-title')}
          lead={t('contact.door-lead')}
          bar={bar}
          footer={
            <Button wide onClick={() => send({ type: 'asked-to-view' })}>
              {t('contact.view')}
            </Button>
          }
        />
      );
    case 'pin':
      return (
        <BareScreen
          title={t('unlock.title')}
          bar={bar}
          lead={
            <p id="contact-pin-lead" {...(flow.again && { role: 'alert' })}>
              {t(flow.again ? 'pin-again.lead' : `contact.pin-${flow.goal}`)}
            </p>
          }
        >
          <div className="flex flex-1 flex-col justify-center py-6 wide:flex-none">
            <PinPrompt purpose={steps.prove} describedBy="contact-pin-lead" />
          </div>
        </BareScreen>
      );
    case 'choose':
      return <ChooseContact flow={flow} steps={steps} bar={bar} />;
    case 'code':
      return <ContactCode flow={flow} steps={steps} bar={bar} />;
    case 'contact':
      return <ContactPage flow={flow} steps={steps} bar={bar} />;
    case 'removed':
      return <Removed />;
  }
}

function Removed() {
  const t = useT();
  useFocusOnMount();
  return (
    <BareScreen
      title={t('contact.removed-title')}
      lead={<p role="status">{t('contact.removed')}</p>}
      footer={
        <StepButton wide to="/settings/account/security/recovery-kit">
          {t('action.done')}
        </StepButton>
      }
    >
      <Notice tone="info" title={t('contact.removed-told')} />
    </BareScreen>
  );
}
