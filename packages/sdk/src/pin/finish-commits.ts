import { fromHex, toHex, type UnlockKey, unlockKeyTag } from '@hexkey/protocol';
import type { NodeChannel } from './node-channel.ts';
import type { SurveyTasks } from './survey-nodes.ts';

/** Commits a proven record at the nodes that still only have it staged: they were away when the PIN was set. */
export async function finishCommits(
  channel: NodeChannel,
  surveys: SurveyTasks,
  version: Uint8Array,
  unlockKey: UnlockKey,
): Promise<void> {
  await Promise.all(
    [...surveys].map(async ([realmId, survey]) => {
      const held = (await survey) ?? [];
      const own = held.find((item) => toHex(item.version) === toHex(version));
      if (own?.state !== 'staged') return;
      const tag = unlockKeyTag(unlockKey.key, fromHex(realmId));
      await channel.ask(realmId, { kind: 'Commit', version, unlockKeyTag: tag });
    }),
  );
}
