import { webcrypto } from 'node:crypto';
import { Secret } from '@hexkey/protocol';
import { createHexkey, type HexkeyDeps, memoryVault } from '@hexkey/sdk';
import { nodePinHash } from '@hexkey/sdk/node';
import { systemClock, systemRandom } from '../system.ts';
import type { UnlockNetwork } from './unlock-network.ts';
import type { Unlocks } from './unlocks.ts';

/** Our client in this process, with an account of its own. */
export async function ourClient({ api, operatorKey }: UnlockNetwork): Promise<Unlocks> {
  let hashMs = 0;
  const hexkey = createHexkey({
    origin: api.url,
    fetch,
    timeout: AbortSignal.timeout,
    clock: systemClock,
    random: (lengthBytes) => Uint8Array.from(systemRandom(lengthBytes)),
    engine: webcrypto.subtle as HexkeyDeps['engine'],
    vault: memoryVault(),
    pinHash: async (password, salt) => {
      const startedMs = performance.now();
      const hash = await nodePinHash(password, salt);
      hashMs = performance.now() - startedMs;
      return hash;
    },
    operatorKey,
    clientVersion: 'bench/0.1.0',
    device: { name: 'Bench', platform: 'cli' },
    nodeTimeoutMs: 10_000,
    apiTimeoutMs: 15_000,
    alone: (work) => work(),
    yieldToOthers: async () => undefined,
    reportBug: (error) => {
      throw error;
    },
  });
  const pin = () => new Secret('271828');
  await hexkey.registerWithWords(hexkey.newWords());
  await hexkey.setPin(pin(), () => undefined);
  return {
    async unlock() {
      const startedMs = performance.now();
      await hexkey.checkPin(pin(), () => undefined);
      return { totalMs: performance.now() - startedMs, hashMs };
    },
    settled: () => hexkey.settled(),
  };
}
