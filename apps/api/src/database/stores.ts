import type { Kysely } from 'kysely';
import { type AccountsStore, accountsStore } from '../accounts/accounts.store.ts';
import { type LoginChallengesStore, loginChallengesStore } from '../accounts/login-challenges.store.ts';
import { type LimitsStore, limitsStore } from '../limits/limits.store.ts';
import { type LogsStore, logsStore } from '../logs/logs.store.ts';
import {
  type PhoneVerificationsStore,
  phoneVerificationsStore,
} from '../phone-verification/phone-verifications.store.ts';
import { type PinChallengesStore, pinChallengesStore } from '../pin/pin-challenges.store.ts';
import { type RequestNoncesStore, requestNoncesStore } from '../sessions/request-nonces.store.ts';
import { type SessionsStore, sessionsStore } from '../sessions/sessions.store.ts';
import type { Tables } from './tables.ts';

/** Everything kept, reached through one connection or one transaction. */
export interface Stores {
  readonly accounts: AccountsStore;
  readonly sessions: SessionsStore;
  readonly requestNonces: RequestNoncesStore;
  readonly loginChallenges: LoginChallengesStore;
  readonly phoneVerifications: PhoneVerificationsStore;
  readonly pinChallenges: PinChallengesStore;
  readonly logs: LogsStore;
  readonly limits: LimitsStore;
}

export function storesOf(db: Kysely<Tables>): Stores {
  return {
    accounts: accountsStore(db),
    sessions: sessionsStore(db),
    requestNonces: requestNoncesStore(db),
    loginChallenges: loginChallengesStore(db),
    phoneVerifications: phoneVerificationsStore(db),
    pinChallenges: pinChallengesStore(db),
    logs: logsStore(db),
    limits: limitsStore(db),
  };
}
