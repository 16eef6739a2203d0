import type { PersonView } from '@hexkey/contract';
import { UserRoundPlus } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { StepButton } from '../app/link.tsx';
import { PersonContent } from '../contacts/person-row.tsx';
import { usePeople } from '../contacts/use-people.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { rowLook } from '../ui/list-row.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { Waiting } from '../ui/waiting.tsx';
import { type ContactFlow, choosable } from './contact-flow.ts';
import { ContactRefusal } from './contact-refusal.tsx';
import type { useContactFlow } from './use-contact-flow.ts';

type Bar = NonNullable<ComponentProps<typeof BareScreen>['bar']>;

/** The owner's contacts; choosing one sends them the code at once. */
export function ChooseContact(props: {
  flow: Extract<ContactFlow, { at: 'choose' }>;
  steps: ReturnType<typeof useContactFlow>;
  bar: Bar;
}) {
  const t = useT();
  const { flow, steps } = props;
  const isSending = steps.request.state.is === 'running';
  useFocusOnMount();
  return (
    <BareScreen
      title={t('contact.choose-title')}
      lead={t('contact.choose-lead')}
      bar={props.bar}
      {...(flow.present !== null && {
        footer: (
          <Button wide tone="quiet" onClick={() => steps.send({ type: 'went-back' })}>
            {t('action.cancel')}
          </Button>
        ),
      })}
    >
      <div className="flex flex-1 flex-col gap-4">
        {flow.refusal !== null && !isSending && <ContactRefusal refusal={flow.refusal} />}
        {isSending && <Waiting>{t('contact.sending')}</Waiting>}
        <ContactChoice disabled={isSending} onChoose={(person) => void steps.request.run(person)} />
      </div>
    </BareScreen>
  );
}

function ContactChoice(props: { disabled: boolean; onChoose: (person: PersonView) => void }) {
  const t = useT();
  const contacts = usePeople('contacts');
  const [search, setSearch] = useState('');
  if (contacts.isPending) return <SkeletonRows label={t('contact.choose-loading')} count={3} />;
  if (contacts.isError)
    return (
      <ErrorNotice
        error={contacts.error}
        actions={<Button onClick={() => void contacts.refetch()}>{t('action.retry')}</Button>}
      />
    );
  if (choosable(contacts.data, '').length === 0)
    return (
      <EmptyState icon={<UserRoundPlus aria-hidden="true" />} title={t('contact.choose-empty-title')}>
        <p>{t('contact.choose-empty')}</p>
        <div className="mt-4">
          <StepButton to="/contacts/add">{t('contacts.add')}</StepButton>
        </div>
      </EmptyState>
    );
  const found = choosable(contacts.data, search);
  return (
    <>
      <TextField
        label={t('contact.search')}
        type="search"
        autoComplete="off"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {found.length === 0 && <p role="status">{t('contact.search-none')}</p>}
      {found.length > 0 && (
        <ul className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
          {found.map((person) => (
            <li key={person.hexkeyId}>
              <button
                type="button"
                disabled={props.disabled}
                onClick={() => props.onChoose(person)}
                className={rowLook}
              >
                <PersonContent person={person} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
