import { fromHex, toHex, unlockKeyTag } from '@hexkey/protocol';
import type { NodeChannel } from './node-channel.ts';
import type { Recovered } from './recover-secret.ts';

/** Commits a proven record at the nodes that still only have it staged: they were away when the PIN was set or changed. */
export async function finishCommits(
  channel: NodeChannel,
  { surveys, shown, places: { version }, unlockKey }: Recovered,
): Promise<void> {
  // A node replaces a committed record only for a device that has just shown it the PIN.
  await shown;
  await Promise.all(
    [...surveys].map(async ([realmId, survey]) => {
      const held = (await survey) ?? [];
      const own = held.find((item) => toHex(item.version) === toHex(version));
      if (own?.state !== 'staged') return;
      const tag = unlockKeyTag(unlockKey.key, fromHex(realmId));
      const mark = channel.marks.named(realmId);
      await channel.ask(realmId, { kind: 'Commit', version, unlockKeyTag: tag, ...mark });
    }),
  );
}
