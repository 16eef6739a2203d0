import type { PersonView } from '@hexkey/contract';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { PersonContent, usePersonName } from './person-row.tsx';
import { usePersonDeed } from './use-people.ts';

/** Somebody who was looked for, and the one thing to do about them. @param onAdded gets the name they go by */
export function FoundPerson(props: { person: PersonView; onAdded: (name: string) => void }) {
  const t = useT();
  const { person } = props;
  const name = usePersonName(person);
  const add = usePersonDeed('add');
  const submit = async () => {
    if (await add.run(person.hexkeyId)) props.onAdded(name);
  };
  const canAdd = person.kind === 'person' && (person.relation === 'none' || person.relation === 'blocked');
  return (
    <section
      aria-label={t('add-contact.found')}
      className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4"
    >
      <div className="flex items-center gap-3">
        <PersonContent person={person} />
      </div>
      {canAdd ? (
        <>
          {person.relation === 'blocked' && <p className="text-warn">{t('add-contact.is-blocked')}</p>}
          <Button wide disabled={add.state.is === 'running'} onClick={() => void submit()}>
            {t('add-contact.add')}
          </Button>
        </>
      ) : (
        <p role="status" className="text-muted">
          {t(reasonOf(person))}
        </p>
      )}
      {add.state.is === 'failed' && <ErrorNotice error={add.state.error} />}
    </section>
  );
}

function reasonOf({ kind, relation }: PersonView) {
  if (relation === 'yourself') return 'add-contact.yourself';
  if (kind === 'official') return 'add-contact.official';
  if (kind === 'deleted') return 'add-contact.deleted';
  return 'add-contact.already';
}
