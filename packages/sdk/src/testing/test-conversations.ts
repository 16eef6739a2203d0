import { type GroupCrypto, type GroupStore, memoryGroupStore, openGroupCrypto } from '@hexkey/group-crypto';
import type { Clock } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import type { ChatStore } from '../chats/store/chat-store.ts';
import { memoryChatStore } from '../chats/store/memory-chat-store.ts';
import type { ConversationKeepers, HexkeyDeps } from '../deps.ts';

/** What one installation keeps of conversations: clients that are given the same one find what those before them left. */
export interface TestConversations {
  readonly deps: Pick<HexkeyDeps, 'signatureKey'> & { readonly conversations: ConversationKeepers };
  /** Every `GroupCrypto` that a client has opened, the last one last. */
  readonly opened: readonly GroupCrypto[];
}

let installations = 0;

/**
 * Conversations in memory, with the real cryptography.
 * @param through wraps what is written to, to see or to stop it
 */
export function testConversations(
  clock: Clock,
  through: {
    readonly chats?: (store: ChatStore) => ChatStore;
    readonly groups?: (store: GroupStore) => GroupStore;
  } = {},
): TestConversations {
  installations += 1;
  const random = seededRandom(`conversations ${installations}`);
  const { chats = (store) => store, groups = (store) => store } = through;
  const chatStores = new Map<string, ChatStore>();
  const groupStores = new Map<string, GroupStore>();
  const kept = <S>(stores: Map<string, S>, name: string, make: () => S): S => {
    const store = stores.get(name) ?? make();
    stores.set(name, store);
    return store;
  };
  const openCrypto: ConversationKeepers['openGroupCrypto'] = (device, validate) =>
    openGroupCrypto({
      store: groups(kept(groupStores, `${device.accountId}/${device.deviceId}`, memoryGroupStore)),
      device,
      validate,
      random,
      clock,
    });
  const opened: GroupCrypto[] = [];
  return {
    opened,
    deps: {
      conversations: {
        openStore: async (accountId) => chats(kept(chatStores, accountId, memoryChatStore)),
        async openGroupCrypto(...given) {
          const crypto = await openCrypto(...given);
          opened.push(crypto);
          return crypto;
        },
        async erase(accountId) {
          chatStores.delete(accountId);
          for (const name of groupStores.keys()) if (name.startsWith(accountId)) groupStores.delete(name);
        },
      },
      async signatureKey(device) {
        const crypto = await openCrypto(device, async () => null);
        return crypto.signatureKey();
      },
    },
  };
}
