import { type BodyOf, DomainError, type routes, type SessionView } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { upgradeRefusal } from '../legacy-accounts/needs-upgrade.ts';
import { usePhoneCode } from '../phone-verification/use-phone-code.ts';
import { startSession } from '../sessions/start-session.ts';

/**
 * A locked session for the account of a number whose code was right.
 * @throws {DomainError} `NotFound` (account) and `PinUpgradeRequired` (the code stays good for the upgrade) only after the right code, and what `usePhoneCode` throws
 */
export function loginWithPhone(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact' | 'teamKey'>,
  body: BodyOf<typeof routes.loginWithPhone>,
  address: string,
): Promise<SessionView> {
  return usePhoneCode(
    deps,
    { ...body, purpose: 'login', address },
    async (stores, verification, deviceKey) => {
      const account = await stores.accounts.findByPhone(verification.phone_hash);
      if (account === null) return new DomainError('NotFound', { what: 'account' });
      const upgrade = await upgradeRefusal(stores, account.id);
      if (upgrade !== null) return upgrade;
      const operation = 'loginWithPhone';
      const session = await startSession(deps, stores, account, {
        deviceKey,
        device: body.device,
        operation,
        address,
        method: 'phone',
      });
      return { session, account };
    },
  );
}
