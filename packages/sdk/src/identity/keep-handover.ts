import {
  accountIdentityKeyPair,
  accountShard,
  type Entropy,
  type PinSecret,
  signAikHandover,
} from '@hexkey/protocol';
import type { Client } from '../account/client.ts';

/**
 * Before S_pin is replaced: the AIK of the old secret names the one of the new, which it cannot do later. The statement is public and rests
 * here until a device list carries it; if the old PIN wins after all it names nobody and is dropped.
 */
export async function keepHandover(
  { deps }: Client,
  accountId: string,
  entropy: Entropy,
  { from, to }: { readonly from: PinSecret; readonly to: PinSecret },
): Promise<void> {
  const shard = accountShard(entropy);
  const { publicKey } = accountIdentityKeyPair(to, shard);
  const handover = signAikHandover(accountId, accountIdentityKeyPair(from, shard), publicKey);
  await deps.vault.changeIdentityBook(accountId, (book) => ({
    ...book,
    handover: { ...handover, aik: publicKey },
  }));
}
