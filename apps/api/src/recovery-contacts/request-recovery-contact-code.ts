import { type AnswerOf, DomainError, type RecoveryContactProblem, type routes } from '@hexkey/contract';
import { teamHexkeyId } from '../accounts/hexkey-id.ts';
import { codeLifetimeMs, codeMac, newCode, triesPerCode } from '../codes/four-digit-codes.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { limits } from '../limits/limits.ts';
import { accountSubject } from '../limits/subjects.ts';
import { namedAs } from '../people/person-view.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { tellDevices } from '../team-hexkey/tell-devices.ts';
import { judgeContact } from './judge-contact.ts';

type Route = typeof routes.requestRecoveryContactCode;

/**
 * Team Hexkey sends the chosen contact a code. The owner has shown the PIN, so a refusal says exactly why.
 * @throws {DomainError} `PhoneNeeded`, `InvalidRecoveryContact`, `CodeAskedTooOften`, `TooMany`
 */
export async function requestRecoveryContactCode(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'teamKey' | 'transact'>,
  { session, account }: Caller,
  hexkeyId: string,
): Promise<AnswerOf<Route>> {
  if (account.phone_hash === null) throw new DomainError('PhoneNeeded', {});
  if (hexkeyId === teamHexkeyId) throw invalidContact('official');
  if (hexkeyId === account.hexkey_id) throw invalidContact('yourself');
  const nowMs = deps.clock.now();
  const expiresAtMs = nowMs + codeLifetimeMs;
  const id = newUuid(deps.random);
  const code = newCode(deps.random);
  const owner = accountSubject(deps.keys, account.id);
  const refusal = await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'personLookupsPerAccount', owner);
    const contact = await findContact(stores, account.id, hexkeyId);
    if (typeof contact === 'string') return invalidContact(contact);
    await enforceLimit(deps, stores, 'contactCodeResend', owner, 'CodeAskedTooOften');
    await enforceLimit(deps, stores, 'contactCodesPerAccount', owner, 'CodeAskedTooOften');
    await stores.recoveryContacts.replaceCode({
      id,
      owner_id: account.id,
      contact_id: contact.id,
      session_id: session.id,
      code_mac: codeMac(deps.keys, id, code),
      tries_left: triesPerCode,
      expires_at_ms: expiresAtMs,
      is_used: false,
    });
    await tellDevices(deps, stores, contact.id, {
      kind: 'recoveryCode',
      parameters: {
        code: code.reveal(),
        purpose: 'setRecoveryContact',
        owner: namedAs(account),
        expiresAtMs,
      },
    });
    return null;
  });
  if (refusal !== null) throw refusal;
  return { verificationId: id, resendAtMs: nowMs + limits.contactCodeResend.windowMs, expiresAtMs };
}

async function findContact(stores: Stores, ownerId: string, hexkeyId: string) {
  const person = await stores.people.find(ownerId, hexkeyId);
  if (person === null) return 'unknown';
  return (await judgeContact(stores, ownerId, person)) ?? person;
}

const invalidContact = (reason: RecoveryContactProblem) =>
  new DomainError('InvalidRecoveryContact', { reason });
