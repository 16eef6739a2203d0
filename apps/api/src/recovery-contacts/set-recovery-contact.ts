import { type BodyOf, DomainError, type RecoveryContactView, type routes } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import { isRightCode } from '../codes/four-digit-codes.ts';
import { tryCode } from '../codes/try-code.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import { namedAs } from '../people/person-view.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { noticedDevice, tellDevices } from '../team-hexkey/tell-devices.ts';
import { contactOf, type KnownContact, recoveryContactViewOf } from './contact-of.ts';
import { judgeContact } from './judge-contact.ts';
import type { RecoveryContactCode } from './recovery-contacts.store.ts';

type SetDeps = Pick<Deps, 'clock' | 'random' | 'keys' | 'teamKey' | 'transact'>;

/**
 * The contact passed on the right code: they are the recovery contact now, in place of any other. The session that asked for
 * the code may repeat it while it lives, for the case that the answer was lost.
 * @throws {DomainError} `WrongCode`, `ExpiredCode`, `CodeAskedTooOften`, `InvalidRecoveryContact` when something changed meanwhile
 */
export async function setRecoveryContact(
  deps: SetDeps,
  caller: Caller,
  { verificationId, code }: BodyOf<typeof routes.setRecoveryContact>,
  address: string,
): Promise<RecoveryContactView> {
  const { account } = caller;
  const contact = await tryCode(deps, address, () =>
    deps.transact(async (stores) => {
      const live = await stores.recoveryContacts.lockCode(account.id);
      const refusal = await refusalOf(deps, stores, caller, live, verificationId, code);
      if (refusal !== null || live === null) return refusal ?? new DomainError('ExpiredCode', {});
      if (!live.is_used) {
        const invalid = await makeContact(deps, stores, caller, live, address);
        if (invalid !== null) return invalid;
      }
      const now = await contactOf(stores, account.id);
      return now?.person.id === live.contact_id ? now : new DomainError('ExpiredCode', {});
    }),
  );
  return recoveryContactViewOf(account.id, contact satisfies KnownContact);
}

/** Null for the right code of this session; a wrong one costs a try. */
async function refusalOf(
  { clock, keys }: Pick<Deps, 'clock' | 'keys'>,
  stores: Stores,
  { session }: Caller,
  live: RecoveryContactCode | null,
  verificationId: string,
  code: string,
): Promise<DomainError | null> {
  if (
    live === null ||
    live.id !== verificationId ||
    live.session_id !== session.id ||
    live.expires_at_ms <= clock.now() ||
    live.tries_left === 0
  )
    return new DomainError('ExpiredCode', {});
  if (isRightCode(keys, live.id, live.code_mac, new Secret(code))) return null;
  const triesLeft = live.tries_left - 1;
  await stores.recoveryContacts.updateCode(live.owner_id, { tries_left: triesLeft });
  return new DomainError('WrongCode', { triesLeft });
}

async function makeContact(
  deps: SetDeps,
  stores: Stores,
  { session, account }: Caller,
  { contact_id: contactId }: RecoveryContactCode,
  address: string,
): Promise<DomainError | null> {
  const person = await stores.people.get(account.id, contactId);
  const reason = person === null ? 'unknown' : await judgeContact(stores, account.id, person);
  if (person === null || reason !== null)
    return new DomainError('InvalidRecoveryContact', { reason: reason ?? 'unknown' });
  if (account.phone_hash === null) return new DomainError('PhoneNeeded', {});
  const nowMs = deps.clock.now();
  const before = await stores.recoveryContacts.get(account.id);
  await stores.recoveryContacts.replace({
    owner_id: account.id,
    contact_id: contactId,
    set_at_ms: nowMs,
    loss_told_at_ms: null,
  });
  await stores.recoveryContacts.updateCode(account.id, { is_used: true });
  await stores.contactLogins.dropOf(account.id);
  await stores.drills.record(account.id, 'contact', nowMs);
  const owner = namedAs(account);
  if (before !== null && before.contact_id !== contactId)
    await tellDevices(deps, stores, before.contact_id, {
      kind: 'youAreNoRecoveryContact',
      parameters: { owner },
    });
  await tellDevices(deps, stores, contactId, { kind: 'youAreRecoveryContact', parameters: { owner } });
  await tellDevices(deps, stores, account.id, {
    kind: 'recoveryContactSet',
    parameters: { contact: namedAs(person), device: noticedDevice(session, address) },
  });
  await addLogEntry(deps, stores, session, { operation: 'setRecoveryContact', outcome: 'success', address });
  return null;
}
