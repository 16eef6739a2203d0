import { type AnswerOf, type BodyOf, DomainError, type routes } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { Account } from '../accounts/accounts.store.ts';
import { codeLifetimeMs, codeMac, newCode, triesPerCode } from '../codes/four-digit-codes.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { equalHashes, keyedHash } from '../keys/keyed-hash.ts';
import type { ServerKeys } from '../keys/server-keys.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { limits } from '../limits/limits.ts';
import { accountSubject } from '../limits/subjects.ts';
import { namedAs } from '../people/person-view.ts';
import { sendAlert } from '../phone-verification/send-alert.ts';
import { contactOf, type KnownContact } from '../recovery-contacts/contact-of.ts';
import { tellDevices } from '../team-hexkey/tell-devices.ts';
import type { ContactLogin } from './contact-logins.store.ts';
import { refusePaused } from './pause.ts';

type Route = typeof routes.requestContactLoginCode;
type RequestDeps = Pick<Deps, 'clock' | 'random' | 'keys' | 'teamKey' | 'transact' | 'sms' | 'log'>;

/**
 * Sends the recovery contact a code, if the Hexkey ID is theirs; every device of the owner and the number hear of it at once.
 * The ID is compared and never looked up: all wrong ones, known or unknown, take the same way to the same answer.
 * @throws {DomainError} `InvalidRecoveryContact` (unknown), `CodeAskedTooOften`, `NotFound` (contact-login)
 */
export async function requestContactLoginCode(
  deps: RequestDeps,
  { contactLoginId, hexkeyId, locale }: BodyOf<Route>,
  address: string,
): Promise<AnswerOf<Route>> {
  const nowMs = deps.clock.now();
  const outcome = await deps.transact(async (stores) => {
    const login = await stores.contactLogins.lock(contactLoginId);
    const account = login === null ? null : await stores.accounts.get(login.account_id);
    if (login === null || account === null || login.expires_at_ms <= nowMs || login.refused_at_ms !== null)
      throw new DomainError('NotFound', { what: 'contact-login' });
    const owner = accountSubject(deps.keys, account.id);
    await refusePaused(deps, stores, owner);
    await enforceLimit(deps, stores, 'contactLoginIdsPerAccount', owner, 'CodeAskedTooOften');
    const contact = await contactOf(stores, account.id);
    // Returned, not thrown: throwing would undo that the ID was spent.
    if (!isRightId(deps.keys, contact, hexkeyId)) return 'wrong-id' as const;
    await enforceLimit(deps, stores, 'contactLoginCodeResend', owner, 'CodeAskedTooOften');
    await enforceLimit(deps, stores, 'contactLoginCodesPerAccount', owner, 'CodeAskedTooOften');
    await startCode(deps, stores, { login, account, contact, address });
    return account;
  });
  if (outcome === 'wrong-id') throw new DomainError('InvalidRecoveryContact', { reason: 'unknown' });
  await sendAlert(deps, outcome, locale, 'contactLogin');
  return {
    resendAtMs: nowMs + limits.contactLoginCodeResend.windowMs,
    expiresAtMs: nowMs + codeLifetimeMs,
  };
}

/** In time that depends neither on the ID nor on there being a contact. */
function isRightId(
  { lookup }: Pick<ServerKeys, 'lookup'>,
  contact: KnownContact | null,
  hexkeyId: string,
): contact is KnownContact {
  const expected = keyedHash(lookup, 'compare', contact?.person.hexkey_id ?? '');
  const isEqual = equalHashes(expected, keyedHash(lookup, 'compare', hexkeyId));
  return isEqual && contact?.problem === null;
}

/** A new code ends the one before; what the one before had left is gone with it. */
async function startCode(
  deps: RequestDeps,
  stores: Stores,
  at: {
    readonly login: ContactLogin;
    readonly account: Account;
    readonly contact: KnownContact;
    readonly address: string;
  },
): Promise<void> {
  const { login, account, contact, address } = at;
  const nowMs = deps.clock.now();
  const expiresAtMs = nowMs + codeLifetimeMs;
  const code: Secret<string> = newCode(deps.random);
  await stores.contactLogins.update(login.id, {
    requested_at_ms: nowMs,
    place: address,
    code_mac: codeMac(deps.keys, login.id, code),
    code_expires_at_ms: expiresAtMs,
    tries_left: triesPerCode,
    used_by_device_key: null,
    session_id: null,
  });
  await tellDevices(deps, stores, contact.person.id, {
    kind: 'recoveryCode',
    parameters: { code: code.reveal(), purpose: 'loginWithContact', owner: namedAs(account), expiresAtMs },
  });
  await tellDevices(deps, stores, account.id, {
    kind: 'contactLoginRequested',
    parameters: { contactLoginId: login.id, place: address, expiresAtMs: login.expires_at_ms },
  });
}
