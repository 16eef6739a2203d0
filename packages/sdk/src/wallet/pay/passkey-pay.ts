import { DomainError, isDomainError, routes } from '@hexkey/contract';
import {
  concatBytes,
  type DerivedKey,
  keyPairOfSeed,
  openSeal,
  type PinSecret,
  payAuthKeyPair,
  pinAuthKeyPair,
  Secret,
  seal,
  toBase64url,
  walletNodesOf,
} from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import { entropyWithPin } from '../../account/kept-entropy.ts';
import type { OpenAccount } from '../../account/open-account.ts';
import { openNodes } from '../../account/open-nodes.ts';
import { provePin } from '../../account/prove-pin.ts';
import type { WalletPorts } from '../../deps.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { callWithPin } from '../../transport/call-with-pin.ts';
import { sharesKey } from '../key/wallet-shares.ts';
import { tellNodes } from '../tell-nodes.ts';
import type { PaymentKeys } from '../transfers/send-transfer.ts';
import { type PasskeyPay, payWindowsMs } from '../wallet.ts';

const purpose = (accountId: string) => ({ label: 'pay', accountId, epoch: 1 });

/** Paying with a passkey (product specification, section 6): it opens the pay-auth seed and the key of the shares, never S_pin. */
export function createPasskeyPay(
  client: Client,
  open: OpenAccount,
  { passkeys }: Pick<WalletPorts, 'passkeys'>,
): PasskeyPay {
  const { vault, clock, random } = client.deps;
  return {
    state: () =>
      open.read(async ({ accountId }) => {
        const availability = (await passkeys?.availability()) ?? 'no-webauthn';
        if (availability !== 'yes') return { is: 'unavailable', why: availability };
        const { pay } = await vault.walletBook(accountId);
        if (pay === null) return { is: 'off' };
        return { is: 'on', windowMs: pay.windowMs, pinNeeded: pay.pinAtMs + pay.windowMs <= clock.now() };
      }),
    enable: (pin, windowMs) =>
      open.act(async (kept) => {
        if (!payWindowsMs.includes(windowMs))
          throw new DomainError('InvalidField', { field: 'windowMs', problem: 'not one of the windows' });
        if (passkeys === undefined) throw new DomainError('PasskeyRefused', {});
        const entry = { pin, operation: routes.registerPayKey.name, onProgress: () => undefined };
        const { recovered, account } = await provePin(client, kept, entry);
        await recovered.shown;
        const { secret } = recovered;
        const there = (await vault.walletBook(account.accountId)).pay;
        const pay = there ?? (await register(account, secret));
        await tellAll(client, account, secret, windowMs);
        await vault.changeWalletBook(account.accountId, (book) => ({
          ...book,
          pay: { ...pay, windowMs, pinAtMs: clock.now() },
        }));
        client.walletChanged();
      }),
    disable: () =>
      open.read(async (account) => {
        await wipePay(client, account.accountId);
        client.background(untellAll(client, account));
      }),
  };

  async function register(account: KeptAccount, pinSecret: PinSecret) {
    if (passkeys === undefined) throw new DomainError('PasskeyRefused', {});
    const entropy = await entropyWithPin(client, account, pinSecret);
    const salt = random(32);
    const of = { accountId: account.accountId, name: 'Hexkey' };
    const { credentialId, output } = await passkeys.create(of, salt);
    const plaintext = concatBytes(
      payAuthKeyPair(pinSecret).seed.reveal(),
      sharesKey(pinSecret, entropy).reveal(),
    );
    const sealed = seal(output, purpose(account.accountId), new Secret(plaintext), random);
    return { credentialId, salt, sealed };
  }
}

/**
 * What a passkey opens. Its first failure ends paying with it: the PIN is typed, and it may be switched on again.
 * @throws {DomainError} `PasskeyRefused`
 */
export async function keysOfPasskey(
  client: Client,
  { accountId }: KeptAccount,
  { passkeys }: Pick<WalletPorts, 'passkeys'>,
): Promise<PaymentKeys> {
  const { pay } = await client.deps.vault.walletBook(accountId);
  try {
    if (pay === null || passkeys === undefined) throw new DomainError('PasskeyRefused', {});
    const output = await passkeys.evaluate(pay.credentialId, pay.salt);
    const opened = openSeal(output, purpose(accountId), pay.sealed);
    if (opened === null) throw new DomainError('PasskeyRefused', {});
    const bytes = opened.reveal();
    const shares: DerivedKey = new Secret(bytes.slice(32, 64));
    return { auth: { key: 'pay', pair: keyPairOfSeed(new Secret(bytes.slice(0, 32))) }, shares };
  } catch (error) {
    if (isDomainError(error, 'PasskeyRefused')) await wipePay(client, accountId);
    throw error;
  }
}

export async function wipePay(client: Client, accountId: string): Promise<void> {
  await client.deps.vault.changeWalletBook(accountId, (book) => ({ ...book, pay: null }));
  client.walletChanged();
}

/** Server and nodes let this device pay under the key. Fewer than t nodes would refuse every payment. */
async function tellAll(
  client: Client,
  account: KeptAccount,
  pinSecret: PinSecret,
  windowMs: number,
): Promise<void> {
  const caller = callerOf(client, account);
  const pinAuthKey = pinAuthKeyPair(pinSecret);
  const key = payAuthKeyPair(pinSecret).publicKey;
  const body = { key: toBase64url(key), windowMs };
  await callWithPin(client.api, routes.registerPayKey, caller, pinAuthKey, { body });
  const { channel } = await openNodes(client, account);
  const by = { deviceKey: caller.device.publicKey, pinAuthKey };
  await tellNodes(client.deps, channel, by, { kind: 'SetPayAuth', key, windowMs });
}

/** Best effort: nothing here opens any more, and the key ends with its window. */
async function untellAll(client: Client, account: KeptAccount): Promise<void> {
  try {
    await client.api.call(routes.removePayKey, { caller: callerOf(client, account) });
    const { channel } = await openNodes(client, account);
    const { nodes } = walletNodesOf(channel.set.nodeSet, channel.set.hash);
    const request = { kind: 'SetPayAuth', key: null, windowMs: 0, order: null } as const;
    await Promise.all(nodes.map(({ realmId }) => channel.askWallet(realmId, request)));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}
