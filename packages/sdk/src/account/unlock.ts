import { DomainError, routes, type SessionView } from '@hexkey/contract';
import { type Entropy, type PinSecret, pinAuthKeyPair } from '@hexkey/protocol';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';
import { entropyWithPin, sealEntropy } from './kept-entropy.ts';
import { type PinEntry, provePin } from './prove-pin.ts';

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
  const { recovered, account } = await provePin(client, kept, entry);
  const { secret } = recovered;
  entry.onProgress({ step: 'registering' });
  const full = { ...account, session: await fullSession(client, account, secret) };
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

async function fullSession(client: Client, account: KeptAccount, pinSecret: PinSecret): Promise<SessionView> {
  if (account.session.state === 'full') return account.session;
  const pinAuthKey = pinAuthKeyPair(pinSecret);
  return callWithPin(client.api, routes.unlockSession, callerOf(client, account), pinAuthKey, {});
}
