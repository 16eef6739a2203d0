import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import { type DeviceList, isOfLine, readDeviceList, verifyDeviceList } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import type { Session } from '../sessions/sessions.store.ts';

/**
 * Keeps the signed list of the account's devices. What the server checks spares honest clients a list that nobody would take; those who
 * rely on a list check it themselves.
 * @throws {DomainError} `InvalidField` (list, version), `StaleDeviceList` with the version that is there
 */
export async function putDeviceList(
  { clock, transact }: Pick<Deps, 'clock' | 'transact'>,
  { account }: Caller,
  body: BodyOf<typeof routes.putDeviceList>,
): Promise<void> {
  const signed = { list: readBytes(body.list, 'list'), signature: readBytes(body.signature, 'signature') };
  const list = verifyDeviceList(signed);
  if (list?.accountId !== account.id) throw invalidField('list', 'not a list signed for this account');
  if (list.version <= body.replaces) throw invalidField('list', 'its version must rise');
  await transact(async (stores) => {
    requireLiveDevices(list, await stores.sessions.list(account.id, clock.now()));
    const next = { account_id: account.id, version: list.version, ...signed };
    const before = await stores.deviceLists.get(account.id);
    if (await stores.deviceLists.put(body.replaces, next)) {
      // Key packages of an AIK that the list does not go back to bring nobody in: devices publish new ones.
      if (before !== null && !isOfLine(list, readDeviceList(before.list).aik))
        await stores.keyPackages.dropOfAccount(account.id);
      return;
    }
    // A repetition whose first answer was lost finds its own work done.
    const there = await stores.deviceLists.get(account.id);
    if (there !== null && Buffer.from(signed.list).equals(there.list)) return;
    throw new DomainError('StaleDeviceList', { version: there?.version ?? 0 });
  });
}

function requireLiveDevices({ devices }: DeviceList, sessions: readonly Session[]): void {
  const live = new Set(sessions.filter(({ state }) => state === 'full').map(({ id }) => id));
  if (!devices.every(({ deviceId }) => live.has(deviceId)))
    throw invalidField('list', 'names a device that is not logged in');
}
