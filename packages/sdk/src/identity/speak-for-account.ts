import { DomainError, isDomainError, routes } from '@hexkey/contract';
import {
  accountIdentityKeyPair,
  accountShard,
  type DeviceList,
  equalBytes,
  type KeyPair,
  makeCredential,
  type PinSecret,
  pinAuthKeyPair,
  type SignedDeviceList,
  signDeviceList,
  toBase64url,
  verifyDeviceList,
} from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import { entropyWithPin } from '../account/kept-entropy.ts';
import { listDevices } from '../devices/list-devices.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import { fetchDeviceLists } from './fetch-device-lists.ts';
import type { OwnIdentity } from './identity-book.ts';
import { type ListPlan, planDeviceList } from './plan-device-list.ts';

/** Another device may write between reading and writing; a fourth time is left to the next PIN entry. */
const mostTries = 3;

/**
 * After a right PIN: has the account's identity key (AIK) list the devices that speak for the account, this one among them, and sign this
 * one's credential. The AIK is derived for that and dropped. What goes wrong is left for the next PIN entry: whoever typed the PIN
 * wanted something else. Each write says all of it, so it may stop anywhere.
 *
 * @param account whose session is full
 * @param how.leaving this device is taken off the list instead: it is about to be logged out
 */
export async function speakForAccount(
  client: Client,
  account: KeptAccount,
  pinSecret: PinSecret,
  { leaving = false }: { readonly leaving?: boolean } = {},
): Promise<void> {
  const { signatureKey } = client.deps;
  if (signatureKey === undefined) return;
  await client.inIdentityTurn(async () => {
    try {
      const shard = accountShard(await entropyWithPin(client, account, pinSecret));
      const aik = accountIdentityKeyPair(pinSecret, shard);
      const key = leaving ? null : await keyOfThisDevice(client, account, signatureKey);
      await listUntilStored(client, account, { aik, pinSecret }, key);
    } catch (error) {
      // Offline, logged out meanwhile, no room: nothing is half done.
      if (!(error instanceof DomainError)) throw error;
    }
  });
}

async function keyOfThisDevice(
  { deps }: Client,
  { accountId, session }: KeptAccount,
  make: NonNullable<Client['deps']['signatureKey']>,
): Promise<Uint8Array> {
  const { own } = await deps.vault.identityBook(accountId);
  if (own?.sessionId === session.sessionId) return own.signatureKey;
  return make({ accountId, deviceId: session.sessionId });
}

interface AccountKeys {
  readonly aik: KeyPair;
  readonly pinSecret: PinSecret;
}

async function listUntilStored(
  client: Client,
  account: KeptAccount,
  keys: AccountKeys,
  signatureKey: Uint8Array | null,
): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      return await listOnce(client, account, keys, signatureKey);
    } catch (error) {
      if (!isDomainError(error, 'StaleDeviceList') || tries === mostTries) throw error;
    }
}

async function listOnce(
  client: Client,
  account: KeptAccount,
  keys: AccountKeys,
  signatureKey: Uint8Array | null,
): Promise<void> {
  const { vault, clock } = client.deps;
  const { accountId, session } = account;
  const deviceId = session.sessionId;
  const book = await vault.identityBook(accountId);
  const [there = null] = await fetchDeviceLists(client, account, [accountId]);
  const plan = planDeviceList({
    aik: keys.aik.publicKey,
    there: there && verifyDeviceList(there),
    pinned: verifiedOrNull(book.pins[accountId]),
    handover: book.handover,
    sessions: await listDevices(client, account),
    deviceId,
    signatureKey,
    nowMs: clock.now(),
  });
  const isThere = plan.isThere && there !== null;
  const signed = isThere ? there : await putList(client, account, keys, plan, there);
  if (signatureKey === null) return;
  const subject = { accountId, deviceId };
  await keepOwn(client, account, signed, keys.aik.publicKey, {
    sessionId: deviceId,
    signatureKey,
    credential: plan.isFull ? null : makeCredential(keys.aik, subject, signatureKey),
  });
}

async function putList(
  client: Client,
  account: KeptAccount,
  { aik, pinSecret }: AccountKeys,
  { devices, handovers, version }: ListPlan,
  there: SignedDeviceList | null,
): Promise<SignedDeviceList> {
  const signed = signDeviceList(aik, { accountId: account.accountId, version, devices, handovers });
  await callWithPin(client.api, routes.putDeviceList, callerOf(client, account), pinAuthKeyPair(pinSecret), {
    body: {
      replaces: there === null ? 0 : (verifyDeviceList(there)?.version ?? 0),
      list: toBase64url(signed.list),
      signature: toBase64url(signed.signature),
    },
  });
  return signed;
}

/** The own list is pinned here alone: signed by the AIK that this very PIN entry gave. */
async function keepOwn(
  client: Client,
  { accountId }: KeptAccount,
  { list, signature }: SignedDeviceList,
  aik: Uint8Array,
  own: OwnIdentity,
): Promise<void> {
  const pin = { list, signature, standing: 'verified' as const, changedAtMs: null };
  await client.deps.vault.changeIdentityBook(accountId, ({ pins, handover }) => ({
    own,
    // One that has not been carried may be of a change that is under way.
    handover: handover !== null && equalBytes(handover.aik, aik) ? null : handover,
    pins: { ...pins, [accountId]: pin },
  }));
  client.identityChanged({ kind: 'own' });
}

function verifiedOrNull(signed: SignedDeviceList | undefined): DeviceList | null {
  return signed === undefined ? null : verifyDeviceList(signed);
}
