import { DomainError, routes } from '@hexkey/contract';
import { type PinSecret, pinAuthKeyPair } from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { callWithPin } from '../../transport/call-with-pin.ts';

/** The PIN was typed: the window in which a passkey pays begins anew, here and at the server. The nodes have seen it themselves. */
export async function renewPay(client: Client, account: KeptAccount, pinSecret: PinSecret): Promise<void> {
  const { vault, clock } = client.deps;
  if ((await vault.walletBook(account.accountId)).pay === null) return;
  try {
    await callWithPin(
      client.api,
      routes.renewPayKey,
      callerOf(client, account),
      pinAuthKeyPair(pinSecret),
      {},
    );
    const pinAtMs = clock.now();
    await vault.changeWalletBook(account.accountId, (book) =>
      book.pay === null ? book : { ...book, pay: { ...book.pay, pinAtMs } },
    );
  } catch (error) {
    // The server is away, or the session is over: the next PIN does it.
    if (!(error instanceof DomainError)) throw error;
  }
}
