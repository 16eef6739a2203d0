import { DomainError } from '@hexkey/contract';
import type { Entropy } from '@hexkey/protocol';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { entropyUnder, entropyWithPin } from './kept-entropy.ts';
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
  // The account has a PIN of its own: nothing is compared with an old one any more.
  const { legacyMark: _, ...rest } = full;
  const unlocked = { ...rest, entropy: entropyUnder(client, full, secret, entropy) };
  await client.deps.vault.keepAccount(unlocked);
  return { account: unlocked, entropy };
}
