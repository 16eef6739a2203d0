import { DomainError } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { AccountDeletion } from '@hexkey/sdk';
import { fakeRecoveryCode } from './fake-recovery.ts';
import { flowOpened } from './open-flows.ts';

const day = 86_400_000;

/** Deleting the account, without servers. */
export function fakeDeletion(given: {
  readonly nowMs: () => number;
  readonly prove: (pin: Secret<string>) => Promise<void>;
  readonly isPending: boolean;
  readonly hasPhone: () => Promise<boolean>;
  readonly leave: () => unknown;
}): AccountDeletion {
  const { nowMs, prove } = given;
  return {
    pending: async () =>
      given.isPending ? { requestedAtMs: nowMs() - 3 * day, effectiveAtMs: nowMs() + 27 * day } : null,
    async open(pin) {
      await prove(pin);
      return {
        close: flowOpened(),
        prepare: async () => ({
          code: (await given.hasPhone())
            ? {
                verificationId: '3c7b8f3a-91a4-4d7e-8a35-1b2c3d4e5f61',
                resendAtMs: nowMs() + 60_000,
                expiresAtMs: nowMs() + 300_000,
              }
            : null,
          effectiveAtMs: nowMs() + 30 * day,
        }),
        async confirm(request) {
          await prove(request.pin);
          if (request.code !== null && request.code.digits.reveal() !== fakeRecoveryCode)
            throw new DomainError('WrongCode', { triesLeft: 2 });
          given.leave();
        },
      };
    },
  };
}
