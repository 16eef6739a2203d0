import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type GroupCrypto, openGroupCrypto } from '@hexkey/group-crypto';
import { sqliteGroupStore } from '@hexkey/group-crypto/node';
import type { ConversationKeepers, HexkeyDeps } from '@hexkey/sdk';
import { sqliteChatStore } from '@hexkey/sdk/node';

type Kept = Required<Pick<HexkeyDeps, 'conversations' | 'signatureKey'>>;

/** Conversations and the keys of their groups in files of the profile, which one process at a time has open. */
export function keepConversations(
  folder: string,
  { engine, random, clock }: Pick<HexkeyDeps, 'random' | 'clock'> & { engine: SubtleCrypto },
): Kept {
  const pathOf = (what: 'chats' | 'groups', accountId: string) => join(folder, `${what}-${accountId}.sqlite`);
  const openGroups: ConversationKeepers['openGroupCrypto'] = (device, validate): Promise<GroupCrypto> =>
    openGroupCrypto({
      store: sqliteGroupStore(pathOf('groups', device.accountId)),
      device,
      validate,
      random,
      clock,
    });
  return {
    conversations: {
      openStore: async (accountId) => sqliteChatStore(pathOf('chats', accountId), engine),
      openGroupCrypto: openGroups,
      async erase(accountId) {
        // What SQLite keeps beside a database goes with it.
        for (const what of ['chats', 'groups'] as const)
          for (const ending of ['', '-wal', '-shm'])
            rmSync(pathOf(what, accountId) + ending, { force: true });
      },
    },
    async signatureKey(device) {
      // Asked for before any group is opened: no credential has to be judged.
      const crypto = await openGroups(device, async () => null);
      try {
        return await crypto.signatureKey();
      } finally {
        await crypto.close();
      }
    },
  };
}
