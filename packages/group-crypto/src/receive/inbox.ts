import type { Deps } from '../deps.ts';
import type { Envelope, Received } from '../group-crypto.ts';
import { maximumFutureEnvelopes, seenEnvelopesKeptMs } from '../mls/limits.ts';
import { rowBytes, rowOf } from '../state/row-codec.ts';
import type { GroupChange, GroupRow, GroupStore } from '../store/group-store.ts';

/** An envelope that was delivered. */
interface SeenRow {
  /** Null while its epoch has not come. */
  readonly inboxKey: string | null;
  readonly atMs: number;
  /** Of one that waits for it. */
  readonly epoch?: number;
}

/** Rows that keep the order of arrival. One for each store; its numbers go on after those that are kept. */
export interface Arrivals {
  nextKey(): string;
}

export async function openArrivals(store: GroupStore): Promise<Arrivals> {
  const rows = [...(await store.list('inbox')), ...(await store.list('future'))];
  let last = Math.max(0, ...rows.map(({ key }) => Number(key.slice(key.lastIndexOf('/') + 1))));
  return {
    nextKey() {
      last += 1;
      return String(last).padStart(16, '0');
    },
  };
}

export async function findSeen(
  store: GroupStore,
  { envelopeId, groupId }: Envelope,
): Promise<Received | null> {
  const value = await store.get('seen', envelopeId);
  if (value === null) return null;
  const { inboxKey, epoch = 0 } = rowOf<SeenRow>(value);
  // It was not acked, or the ack was lost: whoever asks has to know that it still waits.
  if (inboxKey === null) return { kind: 'future', envelopeId, groupId, epoch };
  const waiting = await store.get('inbox', inboxKey);
  return waiting === null ? { kind: 'known', envelopeId, groupId } : rowOf<Received>(waiting);
}

/** The result, and that its envelope was seen. */
export function inboxChanges({ clock }: Deps, arrivals: Arrivals, result: Received): GroupChange[] {
  const inboxKey = arrivals.nextKey();
  const seen: SeenRow = { inboxKey, atMs: clock.now() };
  return [
    { table: 'inbox', key: inboxKey, value: rowBytes(result) },
    { table: 'seen', key: result.envelopeId, value: rowBytes(seen) },
  ];
}

/** Keeps an envelope for later; null when too many wait already. */
export async function futureChanges(
  { clock, store }: Deps,
  arrivals: Arrivals,
  envelope: Envelope,
  epoch: number,
): Promise<readonly GroupChange[] | null> {
  const waiting = await store.list('future', `${envelope.groupId}/`);
  if (waiting.length >= maximumFutureEnvelopes) return null;
  const seen: SeenRow = { inboxKey: null, atMs: clock.now(), epoch };
  return [
    { table: 'future', key: `${envelope.groupId}/${arrivals.nextKey()}`, value: rowBytes(envelope) },
    { table: 'seen', key: envelope.envelopeId, value: rowBytes(seen) },
  ];
}

export async function waitingEnvelopes(
  store: GroupStore,
  groupId: string,
): Promise<readonly { key: string; envelope: Envelope }[]> {
  return (await store.list('future', `${groupId}/`)).map(({ key, value }) => ({
    key,
    envelope: rowOf<Envelope>(value),
  }));
}

export async function listInbox(store: GroupStore): Promise<readonly Received[]> {
  return (await store.list('inbox')).map(({ value }) => rowOf<Received>(value));
}

/** They stay seen: an ack may be lost, and the envelope delivered again. */
export async function takeFromInbox(store: GroupStore, envelopeIds: readonly string[]): Promise<void> {
  const rows = await Promise.all(envelopeIds.map((id) => store.get('seen', id)));
  const keys = rows.flatMap((value) => (value === null ? [] : [rowOf<SeenRow>(value).inboxKey]));
  await store.write(
    keys.flatMap((key): GroupChange[] => (key === null ? [] : [{ table: 'inbox', key, value: null }])),
  );
}

/** Forgets envelopes the server cannot have any more. */
export async function pruneSeen({ store, clock }: Pick<Deps, 'store' | 'clock'>): Promise<void> {
  const isOld = ({ value }: GroupRow) => rowOf<SeenRow>(value).atMs < clock.now() - seenEnvelopesKeptMs;
  const old = (await store.list('seen')).filter(isOld);
  if (old.length > 0)
    await store.write(old.map(({ key }): GroupChange => ({ table: 'seen', key, value: null })));
}
