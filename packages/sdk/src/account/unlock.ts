import { DomainError } from '@hexkey/contract';
import type { Entropy } from '@hexkey/protocol';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { entropyWithPin, sealEntropy } from './kept-entropy.ts';
import type { PinEntry } from './pin-entry.ts';
import { provePin } from './prove-pin.ts';

/**
 * Proves the PIN to the nodes, then to the server, and leaves the entropy on this device sealed under S_pin only.
 * @throws {DomainError} `Forbidden` (pin-not-set) and what `provePin` throws
 */
export async function unlock(
  client: Client,
  kept: KeptAccount,
  entry: PinEntry,
): Promise<{ readonly account: KeptAccount; readonly entropy: Entropy }> {
  if (kept.session.pinState !== 'set') throw new DomainError('Forbidden', { reason: 'pin-not-set' });
  const { recovered, account: full } = await provePin(client, kept, entry);
  const { secret } = recovered;
  const entropy = await entropyWithPin(client, full, secret);
  const unlocked = {
    ...full,
    entropy:
      full.entropy?.under === 'pin'
        ? full.entropy
        : { under: 'pin' as const, sealed: sealEntropy(client, full.accountId, secret, entropy) },
  };
  await client.deps.vault.keepAccount(unlocked);
  return { account: unlocked, entropy };
}
