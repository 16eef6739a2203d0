import type { PersonView } from '@hexkey/contract';
import type { ChatReader, ChatWriter } from '../store/chat-book.ts';

/** Somebody as the server last showed them. */
export interface PersonRecord {
  readonly accountId: string;
  readonly person: PersonView;
  readonly seenAtMs: number;
}

const personPrefix = 'person/';

/** By account id. */
export async function readPeople(rows: ChatReader): Promise<ReadonlyMap<string, PersonRecord>> {
  const found = await rows.list<PersonRecord>({ prefix: personPrefix });
  return new Map(found.map(({ value }) => [value.accountId, value]));
}

/** An account has one Hexkey ID for good: the first that was told stays, so that a server cannot pass one person off as another. */
export async function keepPerson(rows: ChatWriter, record: PersonRecord): Promise<void> {
  const name = personPrefix + record.accountId;
  const known = await rows.get<PersonRecord>(name);
  const hexkeyId = known?.person.hexkeyId ?? record.person.hexkeyId;
  rows.put(name, { ...record, person: { ...record.person, hexkeyId } });
}

/** Ids of the accounts that are known under a Hexkey ID: one, unless the server has told two stories. */
export async function accountsOf(rows: ChatReader, hexkeyId: string): Promise<readonly string[]> {
  const people = [...(await readPeople(rows)).values()];
  return people.filter(({ person }) => person.hexkeyId === hexkeyId).map(({ accountId }) => accountId);
}

/** Who that is has changed: the server is asked anew. */
export async function forgetSeen(rows: ChatWriter, accountId: string): Promise<void> {
  const record = await rows.get<PersonRecord>(personPrefix + accountId);
  if (record !== null) await keepPerson(rows, { ...record, seenAtMs: Number.MIN_SAFE_INTEGER });
}
