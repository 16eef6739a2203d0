import type { BodyOf, routes } from '@hexkey/contract';
import { isUsablePublicKey } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { noticedDevice, tellDevices } from '../team-hexkey/tell-devices.ts';

/** The session may announce transfers under this key for so long after its last PIN. @throws {DomainError} `InvalidField` */
export async function registerPayKey(
  deps: Pick<Deps, 'clock' | 'random' | 'transact' | 'teamKey'>,
  { session, account }: Caller,
  { key: text, windowMs }: BodyOf<typeof routes.registerPayKey>,
  address: string,
): Promise<void> {
  const key = readBytes(text, 'key');
  if (!isUsablePublicKey(key)) throw invalidField('key', 'no usable key');
  const payKey = {
    session_id: session.id,
    account_id: account.id,
    key,
    window_ms: windowMs,
    pin_at_ms: deps.clock.now(),
  };
  await deps.transact(async (stores) => {
    await stores.payKeys.put(payKey);
    await addLogEntry(deps, stores, session, { operation: 'registerPayKey', outcome: 'success', address });
    const notice = {
      kind: 'payKeyRegistered',
      parameters: { device: noticedDevice(session, address) },
    } as const;
    await tellDevices(deps, stores, account.id, notice, session.id);
  });
}

/** Nothing happens without one. */
export async function removePayKey(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session }: Caller,
  address: string,
): Promise<void> {
  await deps.transact(async (stores) => {
    if (await stores.payKeys.drop(session.id))
      await addLogEntry(deps, stores, session, { operation: 'removePayKey', outcome: 'success', address });
  });
}
