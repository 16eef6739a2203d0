import type { PersonView } from '@hexkey/contract';
import { type ComponentProps, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { StepButton, TextLink } from '../app/link.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { PersonPicture } from '../contacts/person-picture.tsx';
import { useT } from '../i18n/use-t.ts';
import { HexkeyId } from '../more/hexkey-id.tsx';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import type { ContactFlow } from './contact-flow.ts';
import { ContactRefusal } from './contact-refusal.tsx';
import { nameOf } from './name-of.ts';
import type { useContactFlow } from './use-contact-flow.ts';

type Bar = NonNullable<ComponentProps<typeof BareScreen>['bar']>;
type Steps = ReturnType<typeof useContactFlow>;

/** The recovery contact: who it is, whether they could help now, and what can be done about it. */
export function ContactPage(props: {
  flow: Extract<ContactFlow, { at: 'contact' }>;
  steps: Steps;
  bar: Bar;
}) {
  const t = useT();
  const { date } = useFormatTime();
  const { flow, steps } = props;
  const { person, setAtMs, problem } = flow.contact;
  const [isRemoving, setRemoving] = useState(false);
  useFocusOnMount();
  return (
    <BareScreen
      title={t('contact.title')}
      bar={props.bar}
      footer={
        <>
          {flow.news !== null && (
            <StepButton wide to="/settings/account/security/recovery-kit">
              {t('action.done')}
            </StepButton>
          )}
          <Button wide tone="secondary" onClick={() => steps.send({ type: 'asked-to-change' })}>
            {t('contact.change')}
          </Button>
          <Button wide tone="quiet" className="text-danger" onClick={() => setRemoving(true)}>
            {t('contact.remove')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        {flow.news !== null && (
          <p role="status" className="font-medium text-good">
            {t(`contact.news-${flow.news}`, { name: nameOf(person) })}
          </p>
        )}
        <div className="flex flex-col items-center gap-1 text-center">
          <PersonPicture name={person.name} avatarId={person.avatarId} className="size-24" />
          <h2 className="mt-3 max-w-full truncate font-semibold text-title">{nameOf(person)}</h2>
          <p className="text-muted text-sm">{t('account.id')}</p>
          <HexkeyId large id={person.hexkeyId} />
          <p className="text-muted text-sm">{t('contact.since', { date: date(setAtMs) })}</p>
        </div>
        {problem !== null && (
          <Notice tone="warn" title={t(`contact.trouble-${problem}`)}>
            {t(`contact.trouble-${problem}-next`)}
          </Notice>
        )}
        <p className="text-muted">{t('contact.how-it-helps', { name: nameOf(person) })}</p>
        {flow.news === null && problem === null && <Rehearsal steps={steps} person={person} />}
        <p className="text-muted text-sm">
          {t('contact.not-pin')}{' '}
          <TextLink to="/settings/account/security/forgot-pin">{t('kit.not-pin-help')}</TextLink>
        </p>
      </div>
      {isRemoving && (
        <RemoveSheet name={nameOf(person)} remove={steps.remove} onClose={() => setRemoving(false)} />
      )}
    </BareScreen>
  );
}

/** A code to the same person shows that it would work: they are reached, and they answer. */
function Rehearsal({ steps, person }: { steps: Steps; person: PersonView }) {
  const t = useT();
  const { request } = steps;
  return (
    <div className="flex flex-col items-start gap-3">
      <Button
        tone="secondary"
        disabled={request.state.is === 'running'}
        onClick={() => void request.run(person)}
      >
        {t('contact.rehearse')}
      </Button>
      {request.state.is === 'failed' && <ContactRefusal refusal={{ person, error: request.state.error }} />}
    </div>
  );
}

function RemoveSheet(props: { name: string; remove: Steps['remove']; onClose: () => void }) {
  const t = useT();
  const { remove } = props;
  return (
    <Sheet
      open
      title={t('contact.remove-title', { name: props.name })}
      onClose={props.onClose}
      actions={
        <>
          <Button
            wide
            tone="danger"
            disabled={remove.state.is === 'running'}
            onClick={() => void remove.run()}
          >
            {t('contact.remove')}
          </Button>
          <Button wide tone="secondary" onClick={props.onClose}>
            {t('action.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('contact.remove-lead', { name: props.name })}</p>
      {remove.state.is === 'failed' && <ErrorNotice error={remove.state.error} />}
    </Sheet>
  );
}
