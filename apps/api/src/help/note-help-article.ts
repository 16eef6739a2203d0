import type { BodyOf, routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { addressSubject, articleAtAddress } from '../limits/subjects.ts';
import type { Counted } from './help-counts.store.ts';

type Note = BodyOf<typeof routes.noteHelpArticle>;

const countedFor = {
  read: 'readers',
  helpful: 'helpful',
  'not-helpful': 'not_helpful',
} as const satisfies Record<Note['note'], Counted>;

/**
 * Counts a reading or an opinion, once a day for each article and address. What is kept of the address is the keyed hash of a limit, which
 * goes after the day.
 * @throws {DomainError} `TooMany`
 */
export async function noteHelpArticle(
  { clock, keys, transact }: Pick<Deps, 'clock' | 'keys' | 'transact'>,
  { articleId, note }: Note,
  address: string,
): Promise<void> {
  await transact(async (stores) => {
    await enforceLimit({ clock }, stores, 'helpNotesPerAddress', addressSubject(keys, address));
    const once = note === 'read' ? 'helpReadings' : 'helpOpinions';
    const waitMs = await stores.limits.spend(once, articleAtAddress(keys, articleId, address), clock.now());
    if (waitMs === null) await stores.helpCounts.addOne(articleId, countedFor[note]);
  });
}
