import { type AnswerOf, type BodyOf, DomainError, type routes } from '@hexkey/contract';
import { codeLifetimeMs } from '../codes/four-digit-codes.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { addressSubject } from '../limits/subjects.ts';
import { contactOf } from '../recovery-contacts/contact-of.ts';

type Route = typeof routes.offerContactLogin;
const waitMs = 60_000;
const lifetimeMs = 30 * 60_000;

/**
 * Whether the account of a number can be entered through its recovery contact: 60 seconds after the SMS at the earliest, by our
 * clock. Limited, because who is not the owner learns from it that a contact exists (ADR 44).
 * @throws {DomainError} `ExpiredCode` for a verification that is none, `TooMany` before its time and over the limits
 */
export async function offerContactLogin(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact'>,
  { verificationId }: BodyOf<Route>,
  address: string,
): Promise<AnswerOf<Route>> {
  const nowMs = deps.clock.now();
  return deps.transact(async (stores) => {
    const verification = await stores.phoneVerifications.lock(verificationId);
    if (verification === null || verification.purpose !== 'login' || verification.expires_at_ms <= nowMs)
      throw new DomainError('ExpiredCode', {});
    const retryAfterMs = verification.expires_at_ms - codeLifetimeMs + waitMs - nowMs;
    if (retryAfterMs > 0) throw new DomainError('TooMany', { retryAfterMs });
    await enforceLimit(deps, stores, 'contactOffersPerAddress', addressSubject(deps.keys, address));
    await enforceLimit(deps, stores, 'contactOffersPerNumber', verification.phone_hash);
    const accountId = await findHelpedAccount(stores, verification.phone_hash);
    if (accountId === null) return { contactLoginId: null };
    const id = newUuid(deps.random);
    await stores.contactLogins.add({
      id,
      account_id: accountId,
      expires_at_ms: nowMs + lifetimeMs,
      requested_at_ms: null,
      place: null,
      code_mac: null,
      code_expires_at_ms: null,
      tries_left: 0,
      used_by_device_key: null,
      session_id: null,
      refused_at_ms: null,
    });
    return { contactLoginId: id };
  });
}

/** The account of a number, if its contact could help now. */
async function findHelpedAccount(stores: Stores, phoneHash: Uint8Array): Promise<string | null> {
  const account = await stores.accounts.findByPhone(phoneHash);
  if (account === null || account.deleted_at_ms !== null || account.pin_state !== 'set') return null;
  const contact = await contactOf(stores, account.id);
  return contact?.problem === null ? account.id : null;
}
