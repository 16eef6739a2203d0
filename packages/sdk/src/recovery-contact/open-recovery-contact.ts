import { isDomainError, routes } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { openPinFlow } from '../account/open-pin-flow.ts';
import type { RecoveryContactFlow } from '../recovery-kit/recovery-kit.ts';
import type { KeptAccount } from '../storage/vault.ts';

/** The recovery contact, behind the PIN. @throws {DomainError} what `provePin` throws */
export async function openRecoveryContact(
  client: Client,
  kept: KeptAccount,
  pin: Secret<string>,
): Promise<RecoveryContactFlow> {
  const flow = await openPinFlow(client, kept, { pin, operation: 'recoveryContact' });
  return {
    close: flow.close,
    async view() {
      try {
        return await flow.call(routes.viewRecoveryContact, {});
      } catch (error) {
        if (isDomainError(error, 'NoRecoveryContact')) return null;
        throw error;
      }
    },
    requestCode: (hexkeyId) => flow.call(routes.requestRecoveryContactCode, { body: { hexkeyId } }),
    confirm: (verificationId, code) =>
      flow.call(routes.setRecoveryContact, { body: { verificationId, code: code.reveal() } }),
    async remove() {
      await flow.call(routes.removeRecoveryContact, {});
    },
  };
}
