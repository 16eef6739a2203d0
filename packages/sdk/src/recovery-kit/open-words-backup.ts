import { routes } from '@hexkey/contract';
import { phraseOf, type Secret } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { entropyWithPin } from '../account/kept-entropy.ts';
import { openPinFlow } from '../account/open-pin-flow.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { checkSameWords } from './check-same-words.ts';
import type { WordsBackup } from './recovery-kit.ts';

/** Shows the words, and takes them typed again. @throws {DomainError} what `provePin` throws */
export async function openWordsBackup(
  client: Client,
  kept: KeptAccount,
  pin: Secret<string>,
): Promise<WordsBackup> {
  const flow = await openPinFlow(client, kept, { pin, operation: 'viewWords' });
  const words = phraseOf(await entropyWithPin(client, flow.account, flow.secret()));
  return {
    words,
    close: flow.close,
    async confirm(typed) {
      checkSameWords(words, typed);
      await flow.call(routes.confirmWordsBackup, {});
      await client.deps.vault.amendAccount(flow.account.accountId, (account) => ({
        ...account,
        onlyCopyOfWords: false,
      }));
    },
  };
}
