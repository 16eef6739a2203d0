import type { PersonView } from '@hexkey/contract';
import { X } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { peopleNamed } from '../chats/people-named.ts';
import { hexkeyIdIn } from '../contacts/invite-link.ts';
import { PersonContent } from '../contacts/person-row.tsx';
import { usePeople } from '../contacts/use-people.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { rowLook } from '../ui/list-row.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { TextField } from '../ui/text-field.tsx';

/**
 * Any number of people: contacts to be ticked, and anybody else by Hexkey ID.
 * @param chosen Hexkey IDs @param without those who are in already
 */
export function PeoplePicker(props: {
  chosen: readonly string[];
  onChange: (hexkeyIds: readonly string[]) => void;
  without?: ReadonlySet<string>;
}) {
  const t = useT();
  const { chosen, onChange, without } = props;
  const contacts = usePeople('contacts');
  const [text, setText] = useState('');
  const people = (contacts.data ?? []).filter(({ hexkeyId }) => !without?.has(hexkeyId));
  const found = peopleNamed(people, text);
  const typed = hexkeyIdIn(text);
  const canAdd = typed !== null && !chosen.includes(typed) && !without?.has(typed);
  const toggle = (hexkeyId: string) =>
    onChange(chosen.includes(hexkeyId) ? chosen.filter((one) => one !== hexkeyId) : [...chosen, hexkeyId]);
  const add = (hexkeyId: string) => {
    setText('');
    onChange([...chosen, hexkeyId]);
  };
  return (
    <div className="flex flex-col gap-4">
      <Chosen chosen={chosen} people={people} onRemove={toggle} />
      <TextField
        label={t('new-chat.search')}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (canAdd) add(typed);
        }}
      />
      {canAdd && (
        <Button tone="secondary" onClick={() => add(typed)}>
          {t('pick.add-id', { id: typed })}
        </Button>
      )}
      {contacts.isPending && <SkeletonRows label={t('contacts.loading')} count={3} />}
      {contacts.isError && (
        <ErrorNotice
          error={contacts.error}
          actions={<Button onClick={() => void contacts.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {contacts.data && found.length === 0 && typed === null && (
        <p className="text-muted">{t(people.length === 0 ? 'new-chat.no-contacts' : 'new-chat.nobody')}</p>
      )}
      {found.length > 0 && (
        <fieldset className="overflow-clip rounded-card border border-line bg-surface">
          <legend className="sr-only">{t('pick.people')}</legend>
          <div className="divide-y divide-line">
            {found.map((person) => (
              <label key={person.hexkeyId} className={rowLook}>
                <PersonContent person={person}>
                  <input
                    type="checkbox"
                    checked={chosen.includes(person.hexkeyId)}
                    onChange={() => toggle(person.hexkeyId)}
                    className="size-5 shrink-0 accent-accent"
                  />
                </PersonContent>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </div>
  );
}

/** Whoever was chosen, each to be taken out again. */
function Chosen(props: {
  chosen: readonly string[];
  people: readonly PersonView[];
  onRemove: (hexkeyId: string) => void;
}) {
  const t = useT();
  const nameOf = (hexkeyId: string) =>
    props.people.find((person) => person.hexkeyId === hexkeyId)?.name ?? hexkeyId;
  return (
    <>
      <p role="status" className="text-muted text-sm">
        {t('new-group.chosen', { count: props.chosen.length })}
      </p>
      {props.chosen.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {props.chosen.map((hexkeyId) => (
            <li key={hexkeyId} className="max-w-full">
              <button
                type="button"
                aria-label={t('pick.remove', { name: nameOf(hexkeyId) })}
                onClick={() => props.onRemove(hexkeyId)}
                className="figures inline-flex min-h-11 max-w-full items-center gap-2 rounded-full border border-line bg-surface pr-3 pl-4 hover:bg-ink/5"
              >
                <bdi className="truncate">{nameOf(hexkeyId)}</bdi>
                <X aria-hidden="true" className="size-4 shrink-0 text-muted" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
