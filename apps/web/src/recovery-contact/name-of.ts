import type { PersonView } from '@hexkey/contract';

/** What somebody is called on a screen: their name, or their Hexkey ID as long as they chose none. */
export const nameOf = ({ name, hexkeyId }: PersonView): string => name ?? hexkeyId;
