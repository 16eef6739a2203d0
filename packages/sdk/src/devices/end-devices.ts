import { type DeviceView, DomainError, isDomainError, routes } from '@hexkey/contract';
import { type KeyPair, pinAuthKeyPair } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { PinEntry } from '../account/pin-entry.ts';
import { provePin } from '../account/prove-pin.ts';
import { speakForAccount } from '../identity/speak-for-account.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import { forgetLater, forgetNow } from './forget-devices.ts';
import { listDevices } from './list-devices.ts';

/**
 * Ends another device, for the PIN. What would be refused anyway is refused before a PIN is tried.
 * @throws {DomainError} `ThisDevice`, `NotFound` (device), what `provePin` throws
 */
export async function endDevice(
  client: Client,
  kept: KeptAccount,
  sessionId: string,
  entry: PinEntry,
): Promise<void> {
  const device = (await listDevices(client, kept)).find((each) => each.sessionId === sessionId);
  if (device === undefined) throw new DomainError('NotFound', { what: 'device' });
  if (device.isThisOne) throw new DomainError('ThisDevice', {});
  await end(client, kept, entry, [device], async (account, pinAuthKey) => {
    const body = { sessionId };
    await callWithPin(client.api, routes.endDevice, callerOf(client, account), pinAuthKey, { body });
  });
}

/** Ends every device but this one, for the PIN. @throws {DomainError} what `provePin` throws */
export async function endOtherDevices(client: Client, kept: KeptAccount, entry: PinEntry): Promise<void> {
  const others = (await listDevices(client, kept)).filter(({ isThisOne }) => !isThisOne);
  await end(client, kept, entry, others, (account, pinAuthKey) =>
    callWithPin(client.api, routes.endOtherDevices, callerOf(client, account), pinAuthKey, {}),
  );
}

/** @param endAtServer the call that ends `devices` at the account server */
async function end(
  client: Client,
  kept: KeptAccount,
  entry: PinEntry,
  devices: readonly DeviceView[],
  endAtServer: (account: KeptAccount, pinAuthKey: KeyPair) => Promise<void>,
): Promise<void> {
  const { recovered, account } = await provePin(client, kept, entry);
  // First: a device that the server has ended is in no list any more.
  await forgetLater(
    client,
    account,
    devices.map(({ deviceKeyThumbprint }) => deviceKeyThumbprint),
  );
  try {
    await endAtServer(account, pinAuthKeyPair(recovered.secret));
  } catch (error) {
    // Another device ended it in the meantime.
    if (!isDomainError(error, 'NotFound')) throw error;
  }
  client.background(forgetNow(client, account, recovered.shown));
  client.background(speakForAccount(client, account, recovered.secret));
}
