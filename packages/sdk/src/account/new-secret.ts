import { routes } from '@hexkey/contract';
import { type PinSecret, pinAuthKeyPair, Secret, toBase64url } from '@hexkey/protocol';
import { keepHandover } from '../identity/keep-handover.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import { rewrapWallet } from '../wallet/key/rewrap-wallet.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';
import { canReachEntropy, entropyUnder, entropyWithPin, sealEntropy } from './kept-entropy.ts';

/**
 * A new S_pin for an account whose PIN somebody knew. Before any node is given it, this device keeps the entropy under both and the server
 * takes PIN-auth of both: from then on either PIN leads to everything, until one of them wins (ADR 32).
 */
export async function prepareNewSecret(
  client: Client,
  account: KeptAccount,
  current: PinSecret,
): Promise<{ readonly account: KeptAccount; readonly secret: PinSecret }> {
  const { api, deps } = client;
  const entropy = await entropyWithPin(client, account, current);
  const secret = new Secret(deps.random(32));
  const next = sealEntropy(client, account.accountId, secret, entropy);
  const both = { ...account, entropy: { ...entropyUnder(client, account, current, entropy), next } };
  await deps.vault.keepAccount(both);
  await keepHandover(client, account.accountId, entropy, { from: current, to: secret });
  const wallet = await rewrapWallet(client, account, entropy, { from: current, to: secret });
  await callWithPin(api, routes.prepareNewSecret, callerOf(client, account), pinAuthKeyPair(current), {
    body: {
      pinAuthKey: toBase64url(pinAuthKeyPair(secret).publicKey),
      sealedEntropy: account.session.hasSealedEntropy ? toBase64url(next) : null,
      wallet,
    },
  });
  return { account: both, secret };
}

/**
 * The PIN that was proven has won: makes its secret the account's where the server only has it prepared, which ends every other session.
 * Not on a device that could not reach the entropy with it, because another one still can.
 */
export async function activateIfPrepared(
  client: Client,
  account: KeptAccount,
  pinSecret: PinSecret,
): Promise<void> {
  if (!canReachEntropy(account, pinSecret)) return;
  const { api } = client;
  const caller = callerOf(client, account);
  const keys = pinAuthKeyPair(pinSecret);
  const { preparedPinAuthKeys } = await api.call(routes.createPinChallenge, { caller });
  if (preparedPinAuthKeys.includes(toBase64url(keys.publicKey)))
    await callWithPin(api, routes.activateNewSecret, caller, keys, {});
}
