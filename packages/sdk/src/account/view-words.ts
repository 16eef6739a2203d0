import { type Phrase, phraseOf } from '@hexkey/protocol';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { entropyWithPin } from './kept-entropy.ts';
import type { PinEntry } from './pin-entry.ts';
import { provePin } from './prove-pin.ts';

/** The words of the account, for the PIN. @throws {DomainError} what `provePin` throws */
export async function viewWords(client: Client, kept: KeptAccount, entry: PinEntry): Promise<Phrase> {
  const { recovered, account } = await provePin(client, kept, entry);
  return phraseOf(await entropyWithPin(client, account, recovered.secret));
}
