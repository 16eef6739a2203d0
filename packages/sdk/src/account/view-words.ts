import { type Phrase, phraseOf } from '@hexkey/protocol';
import type { Client } from './client.ts';
import { currentAccount } from './current-account.ts';
import { entropyWithPin } from './kept-entropy.ts';
import { type PinEntry, provePin } from './prove-pin.ts';

/** The words of the account, for the PIN. @throws {DomainError} what `provePin` throws */
export async function viewWords(client: Client, entry: PinEntry): Promise<Phrase> {
  const { recovered, account } = await provePin(client, await currentAccount(client), entry);
  return phraseOf(await entropyWithPin(client, account, recovered.secret));
}
