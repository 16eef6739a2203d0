import type { PersonView } from '@hexkey/contract';

/** Those whose name holds a text, or whose Hexkey ID begins with it; everybody for an empty one. */
export function peopleNamed(people: readonly PersonView[], text: string): readonly PersonView[] {
  const wanted = text.trim().toLocaleLowerCase();
  const digits = wanted.replace(/\s/g, '');
  return people.filter(
    ({ name, hexkeyId }) =>
      wanted === '' || name?.toLocaleLowerCase().includes(wanted) || hexkeyId.startsWith(digits),
  );
}
