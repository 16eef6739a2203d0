import { routes } from '@hexkey/contract';
import { pinAuthKeyPair, type Secret, toBase64url } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import { entropyWithPin } from '../account/kept-entropy.ts';
import { provePin } from '../account/prove-pin.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import type { ShownLink } from './link-code.ts';
import { sealEntropyToDevice } from './seal-entropy.ts';

/** Lets in the device whose code was scanned, for the PIN. @throws {DomainError} `NotFound` (device-link), what `provePin` throws */
export async function approveLink(
  client: Client,
  kept: KeptAccount,
  { linkId, hpkeKey, deviceKeyThumbprint }: ShownLink,
  pin: Secret<string>,
): Promise<void> {
  const entry = { pin, operation: routes.approveDeviceLink.name, onProgress: () => undefined };
  const { recovered, account } = await provePin(client, kept, entry);
  const entropy = await entropyWithPin(client, account, recovered.secret);
  const forWhom = { accountId: account.accountId, linkId, deviceKeyThumbprint };
  const sealed = await sealEntropyToDevice(hpkeKey, forWhom, entropy);
  const pinAuthKey = pinAuthKeyPair(recovered.secret);
  await callWithPin(client.api, routes.approveDeviceLink, callerOf(client, account), pinAuthKey, {
    body: {
      linkId,
      deviceKeyThumbprint,
      encapsulatedKey: toBase64url(sealed.encapsulatedKey),
      ciphertext: toBase64url(sealed.ciphertext),
    },
  });
}
