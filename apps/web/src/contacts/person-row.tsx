import type { PersonView } from '@hexkey/contract';
import type { ReactNode } from 'react';
import { useT } from '../i18n/use-t.ts';
import { PersonPicture } from './person-picture.tsx';

/** Somebody in a list. Names can be chosen freely, so the Hexkey ID always stands below. */
export function PersonContent({ person, children }: { person: PersonView; children?: ReactNode }) {
  const name = usePersonName(person);
  return (
    <>
      <PersonPicture name={person.name} avatarId={person.avatarId} className="size-11 shrink-0" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="figures block text-muted text-sm">{person.hexkeyId}</span>
      </span>
      {children}
    </>
  );
}

/** What somebody is called: the name they chose, or what stands for it. */
export function usePersonName(person: PersonView): string {
  const t = useT();
  if (person.kind === 'deleted') return t('contacts.deleted');
  return person.name ?? t('contacts.nameless');
}
