import { type BodyOf, DomainError, type routes, type SessionView } from '@hexkey/contract';
import { equalBytes, Secret } from '@hexkey/protocol';
import type { Account } from '../accounts/accounts.store.ts';
import { isRightCode } from '../codes/four-digit-codes.ts';
import { tryCode } from '../codes/try-code.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { accountSubject } from '../limits/subjects.ts';
import { readDeviceKey } from '../sessions/device-key.ts';
import { sessionViewOf } from '../sessions/session-view.ts';
import type { Session } from '../sessions/sessions.store.ts';
import { startSession } from '../sessions/start-session.ts';
import type { ContactLogin } from './contact-logins.store.ts';
import { countFailedCode } from './pause.ts';

type LoginDeps = Pick<Deps, 'clock' | 'random' | 'keys' | 'teamKey' | 'transact'>;
type Body = BodyOf<typeof routes.loginWithContact>;
interface LoggedIn {
  readonly session: Session;
  readonly account: Account;
}

/**
 * A locked session for the account whose contact passed on the right code. It reads and moves nothing without the PIN. The same
 * device may repeat a right code whose answer was lost.
 * @throws {DomainError} `WrongCode`, `ExpiredCode`, `CodeAskedTooOften`
 */
export async function loginWithContact(deps: LoginDeps, body: Body, address: string): Promise<SessionView> {
  const deviceKey = readDeviceKey(body.deviceKey);
  const { session, account } = await tryCode(deps, address, () =>
    deps.transact((stores) => judge(deps, stores, body, deviceKey, address)),
  );
  return sessionViewOf(session, account);
}

async function judge(
  deps: LoginDeps,
  stores: Stores,
  { contactLoginId, code, device }: Body,
  deviceKey: Uint8Array,
  address: string,
): Promise<LoggedIn | DomainError> {
  const expired = new DomainError('ExpiredCode', {});
  const login = await stores.contactLogins.lock(contactLoginId);
  if (login === null || !isLive(login, deps.clock.now())) return expired;
  const account = await stores.accounts.get(login.account_id);
  if (account === null || account.deleted_at_ms !== null || login.code_mac === null) return expired;
  if (!isRightCode(deps.keys, login.id, login.code_mac, new Secret(code)))
    return countWrong(deps, stores, login);
  if (login.used_by_device_key !== null) return repeated(stores, login, account, deviceKey);
  const operation = 'loginWithContact';
  const session = await startSession(deps, stores, account, {
    deviceKey,
    device,
    operation,
    address,
    method: 'contact',
  });
  await stores.contactLogins.update(login.id, { used_by_device_key: deviceKey, session_id: session.id });
  return { session, account };
}

function isLive(login: ContactLogin, nowMs: number): boolean {
  return login.refused_at_ms === null && (login.code_expires_at_ms ?? 0) > nowMs && login.tries_left > 0;
}

async function countWrong(
  deps: Pick<Deps, 'clock' | 'keys'>,
  stores: Stores,
  login: ContactLogin,
): Promise<DomainError> {
  const triesLeft = login.tries_left - 1;
  await stores.contactLogins.update(login.id, { tries_left: triesLeft });
  if (triesLeft === 0) await countFailedCode(deps, stores, accountSubject(deps.keys, login.account_id));
  return new DomainError('WrongCode', { triesLeft });
}

async function repeated(
  stores: Stores,
  { used_by_device_key: usedBy, session_id: sessionId }: ContactLogin,
  account: Account,
  deviceKey: Uint8Array,
): Promise<LoggedIn | DomainError> {
  const session = sessionId === null ? null : await stores.sessions.get(sessionId);
  if (session === null || usedBy === null || !equalBytes(usedBy, deviceKey))
    return new DomainError('ExpiredCode', {});
  return { session, account };
}
