import { loadOfficialClient } from '@hexkey/pin-node/testing/official-client';
import { toHex, utf8 } from '@hexkey/protocol';
import { systemRandom } from '../system.ts';
import type { UnlockNetwork } from './unlock-network.ts';
import type { Unlocks } from './unlocks.ts';

/** The unmodified client of the protocol's authors in this process, with a record of its own at the same nodes. */
export async function officialClient(network: UnlockNetwork): Promise<Unlocks> {
  const juicebox = await loadOfficialClient();
  const userId = 'official';
  // It takes its tokens from a global function.
  Object.assign(globalThis, {
    JuiceboxGetAuthToken: async (realmId: Uint8Array) => network.officialToken(toHex(realmId), userId),
  });
  const client = () =>
    new juicebox.Client(
      new juicebox.Configuration({
        realms: network.nodes.map(({ realmId, address }) => ({ id: realmId, address })),
        register_threshold: 5,
        recover_threshold: 3,
        pin_hashing_mode: 'Standard2019',
      }),
      [],
    );
  const [pin, info] = [utf8('271828'), utf8(userId)];
  await client().register(pin, systemRandom(32), info, 5);
  return {
    async unlock() {
      const startedMs = performance.now();
      await client().recover(pin, info);
      return { totalMs: performance.now() - startedMs, hashMs: null };
    },
    settled: async () => undefined,
  };
}
