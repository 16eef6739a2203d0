import type { Deps } from '../deps.ts';

/** Drops what is over, and then the bytes that no row names. Listed first: bytes that come meanwhile have a row already. */
export async function sweepAttachments({
  clock,
  stores,
  blobs,
}: Pick<Deps, 'clock' | 'stores' | 'blobs'>): Promise<void> {
  const there = await blobs.list();
  await stores.attachments.dropOver(clock.now());
  const named = await stores.attachments.idsAmong(there);
  for (const id of there) if (!named.has(id)) await blobs.remove(id);
}
