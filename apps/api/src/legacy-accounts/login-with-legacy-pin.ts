import { type BodyOf, DomainError, type routes, type SessionView } from '@hexkey/contract';
import { equalBytes, Secret } from '@hexkey/protocol';
import type { Account } from '../accounts/accounts.store.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { limits } from '../limits/limits.ts';
import { accountSubject } from '../limits/subjects.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { PhoneVerification } from '../phone-verification/phone-verifications.store.ts';
import {
  type LoggedIn,
  markCodeUsed,
  type PhoneLogin,
  tryPhoneCode,
} from '../phone-verification/use-phone-code.ts';
import { sessionViewOf } from '../sessions/session-view.ts';
import { startSession } from '../sessions/start-session.ts';
import { checkLegacyPin } from './check-legacy-pin.ts';
import type { LegacyAccount } from './legacy-accounts.store.ts';
import { openLegacyCheck } from './legacy-seal.ts';
import { oneHashAtATime } from './one-hash-at-a-time.ts';

type Body = BodyOf<typeof routes.loginWithLegacyPin>;
type LoginDeps = Pick<Deps, 'clock' | 'random' | 'keys' | 'transact' | 'teamKey'>;

/** An old PIN that may be checked: the attempt is spent and written down. */
interface PaidAttempt {
  readonly account: Account;
  readonly sealedHash: Uint8Array;
  readonly attemptsLeft: number;
}

const perAccount = 'legacyPinsPerAccount';
const operation = 'loginWithLegacyPin';

/**
 * Lets an imported account in that shows a phone code and its old PIN, as far as a locked session: there its owner sets a PIN at the nodes.
 * The attempt is durable before the hash is computed, and the right PIN gives all of them back. The hash stays: `activatePin` erases it. Until
 * then this may be done again from the beginning, on any device.
 * @throws {DomainError} `WrongLegacyPin`, `TooMany`, `PinAlreadySet` (it has upgraded), `NotFound` (account) after the right code only, and what a phone code is refused with
 */
export async function loginWithLegacyPin(
  deps: LoginDeps,
  { legacyPin, ...body }: Body,
  address: string,
): Promise<SessionView> {
  const login: PhoneLogin = { ...body, purpose: 'login', address };
  const opened = await tryPhoneCode(deps, login, (stores, verification) =>
    payForAttempt(deps, stores, verification),
  );
  if ('session' in opened) return sessionViewOf(opened.session, opened.account);
  const hash = openLegacyCheck(deps.keys, opened.account.id, opened.sealedHash);
  const isRight = await oneHashAtATime(() => checkLegacyPin(hash, new Secret(legacyPin)));
  if (!isRight) {
    await noteWrongPin(deps, opened.account, body.device.name, address);
    throw new DomainError('WrongLegacyPin', { attemptsLeft: opened.attemptsLeft });
  }
  const entered = await tryPhoneCode(deps, login, async (stores, verification, deviceKey) => {
    if (!(await isStillWaiting(stores, opened))) return new DomainError('PinAlreadySet', {});
    await stores.limits.clear(perAccount, accountSubject(deps.keys, opened.account.id));
    await stores.accounts.dateVerification(opened.account.id, deps.clock.now());
    const session = await startSession(deps, stores, opened.account, {
      deviceKey,
      device: body.device,
      operation,
      address,
      method: 'phone',
      hasShownLegacyPin: true,
    });
    await markCodeUsed(deps, stores, verification, { deviceKey, sessionId: session.id, address });
    return { session, account: opened.account } satisfies LoggedIn;
  });
  return sessionViewOf(entered.session, entered.account);
}

async function payForAttempt(
  { clock, keys }: Pick<Deps, 'clock' | 'keys'>,
  stores: Stores,
  verification: PhoneVerification,
): Promise<PaidAttempt | DomainError> {
  const account = await stores.accounts.findByPhone(verification.phone_hash);
  if (account === null) return new DomainError('NotFound', { what: 'account' });
  const sealedHash = (await stores.legacyAccounts.get(account.id))?.hash_sealed ?? null;
  if (sealedHash === null) return new DomainError('PinAlreadySet', {});
  const subject = accountSubject(keys, account.id);
  const retryAfterMs = await stores.limits.spend(perAccount, subject, clock.now());
  if (retryAfterMs !== null) return new DomainError('TooMany', { retryAfterMs });
  const spent = await stores.limits.spentCount(perAccount, subject, clock.now());
  return { account, sealedHash, attemptsLeft: limits[perAccount].max - spent };
}

/** Its owner finds it in the log once the account is theirs again. It belongs to no session: none came of it. */
function noteWrongPin(deps: LoginDeps, account: Account, device: string, address: string): Promise<void> {
  const nobody = { id: newUuid(deps.random), account_id: account.id, device_name: device };
  return deps.transact((stores) =>
    addLogEntry(deps, stores, nobody, { operation, outcome: 'wrong-pin', address }),
  );
}

/** Another device may have finished the upgrade, or the account may be gone, while the hash was computed. */
async function isStillWaiting(stores: Stores, { account, sealedHash }: PaidAttempt): Promise<boolean> {
  const now: LegacyAccount | null = await stores.legacyAccounts.get(account.id);
  return now !== null && now.hash_sealed !== null && equalBytes(now.hash_sealed, sealedHash);
}
