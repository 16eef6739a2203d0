import type { SessionView } from '@hexkey/contract';
import type { KeptDeviceKey } from '../storage/device-key.ts';
import type { KeptAccount, KeptEntropy, LegacyMark } from '../storage/vault.ts';
import type { Client } from './client.ts';

/**
 * Keeps a new session. What an earlier session of the same account left here stays: the sealed entropy, and the node set this device
 * has seen the account with.
 */
export async function keepLogin(
  { deps }: Client,
  session: SessionView,
  deviceKey: KeptDeviceKey,
  words: { readonly entropy: KeptEntropy; readonly madeHere: boolean } | null,
  legacyMark?: LegacyMark,
): Promise<KeptAccount> {
  const { accountId } = session;
  const earlier = await deps.vault.account(accountId);
  const account = {
    accountId,
    session,
    deviceKey,
    entropy: words?.entropy ?? earlier?.entropy ?? null,
    nodeSetHash: earlier?.nodeSetHash ?? null,
    onlyCopyOfWords: words === null ? (earlier?.onlyCopyOfWords ?? false) : words.madeHere,
    changingPin: earlier?.changingPin ?? false,
    devicesToForget: earlier?.devicesToForget ?? [],
    ...(legacyMark && { legacyMark }),
  };
  await deps.vault.keepAccount(account);
  return account;
}
