import { eraseGroupStore, workerGroupCrypto } from '@hexkey/group-crypto/browser';
import groupCryptoWorker from '@hexkey/group-crypto/worker?worker&url';
import type { ConversationKeepers, HexkeyDeps } from '@hexkey/sdk';
import { eraseIndexedDbChats, indexedDbChatStore, startTrustedWorker } from '@hexkey/sdk/browser';

/** Conversations in this browser's database; their keys in a worker, which only the tab that has the socket starts. */
export const conversations: ConversationKeepers = {
  openStore: indexedDbChatStore,
  async openGroupCrypto(device, validate) {
    const worker = startTrustedWorker(groupCryptoWorker);
    const crypto = await workerGroupCrypto(worker, { device, validate });
    return {
      ...crypto,
      async close() {
        await crypto.close();
        worker.terminate();
      },
    };
  },
  async erase(accountId) {
    await eraseIndexedDbChats(accountId);
    await eraseGroupStore(accountId);
  },
};

/** Asked for once a login, when no tab has opened its groups yet. */
export const signatureKey: NonNullable<HexkeyDeps['signatureKey']> = async (device) => {
  const crypto = await conversations.openGroupCrypto(device, async () => null);
  try {
    return await crypto.signatureKey();
  } finally {
    await crypto.close();
  }
};
