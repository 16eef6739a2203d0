import type { Place } from '@hexkey/sdk';

/** Under what a ticket is kept in memory: by account id, so that the next account in this tab never sees the last one's. */
export const ticketKey = (what: 'own' | 'unclaimed', place: Place) =>
  ['support-ticket', what, place.at === 'signed-out' ? null : place.session.accountId] as const;
