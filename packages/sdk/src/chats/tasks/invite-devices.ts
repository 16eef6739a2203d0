import { DomainError, routes } from '@hexkey/contract';
import { readKeyPackage } from '@hexkey/group-crypto/inspect';
import { fromBase64url } from '@hexkey/protocol';
import type { Engine } from '../engine/engine.ts';
import { keepPerson } from '../state/person-record.ts';

/** Somebody who can be brought into a conversation: a key package of each of their devices. */
export interface Invited {
  readonly accountId: string;
  readonly keyPackages: readonly { readonly deviceId: string; readonly keyPackage: Uint8Array }[];
}

/**
 * Claims key packages of a person and keeps those of devices that speak for them.
 * @throws {DomainError} `NotFound` (person), `NotAPerson`, `NoDeviceToReach`, `Offline`, `TooMany`
 */
export async function inviteDevices(
  engine: Engine,
  who: { readonly hexkeyId: string } | { readonly accountId: string },
): Promise<Invited> {
  const { client, caller, identity, book, deviceId } = engine;
  const claimed = await client.api.call(routes.claimKeyPackages, { caller, body: who });
  const { accountId, person } = claimed;
  if (person.kind !== 'person')
    throw new DomainError('NotAPerson', { reason: person.kind === 'deleted' ? 'deleted' : 'official' });
  if (claimed.deviceList !== null) await identity.take(accountId, claimed.deviceList);
  const seenAtMs = client.deps.clock.now();
  await book.change((rows) => keepPerson(rows, { accountId, person, seenAtMs }));
  const keyPackages: { deviceId: string; keyPackage: Uint8Array }[] = [];
  for (const device of claimed.devices) {
    const keyPackage = fromBase64url(device.keyPackage);
    const leaf = readKeyPackage(keyPackage);
    const accepted = leaf === null ? null : await identity.validate(leaf.identity, leaf.signatureKey);
    // What the server says about whose it is counts for nothing.
    if (accepted?.accountId !== accountId || accepted.deviceId === deviceId) continue;
    keyPackages.push({ deviceId: accepted.deviceId, keyPackage });
  }
  if (keyPackages.length === 0 && accountId !== engine.selfId) throw new DomainError('NoDeviceToReach', {});
  return { accountId, keyPackages };
}
