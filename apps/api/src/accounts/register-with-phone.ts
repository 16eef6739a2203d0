import { type BodyOf, DomainError, type routes, type SessionView } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { upgradeRefusal } from '../legacy-accounts/needs-upgrade.ts';
import { freeRecycledNumber } from '../linked-phone/free-recycled-number.ts';
import { openPhone, sealPhone } from '../phone-verification/phone-numbers.ts';
import { usePhoneCode } from '../phone-verification/use-phone-code.ts';
import { startSession } from '../sessions/start-session.ts';
import { createAccount } from './create-account.ts';

/**
 * A new account for a number whose code was right.
 * @throws {DomainError} `PhoneNumberInUse` and `PinUpgradeRequired` only after the right code, and what `usePhoneCode` throws
 */
export function registerWithPhone(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact' | 'teamKey'>,
  body: BodyOf<typeof routes.registerWithPhone>,
  address: string,
): Promise<SessionView> {
  return usePhoneCode(
    deps,
    { ...body, purpose: 'register', address },
    async (stores, verification, deviceKey) => {
      const id = newUuid(deps.random);
      const phone = openPhone(deps.keys, verification.id, verification.phone_sealed);
      await freeRecycledNumber(deps, stores, verification.phone_hash);
      const { account, isNew } = await createAccount(deps, stores, id, {
        registeredWith: 'phone',
        phoneHash: verification.phone_hash,
        phoneSealed: sealPhone(deps, id, phone),
      });
      if (!isNew)
        return (await upgradeRefusal(stores, account.id)) ?? new DomainError('PhoneNumberInUse', {});
      const operation = 'registerWithPhone';
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
