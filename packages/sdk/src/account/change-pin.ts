import { routes } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { PinProgress } from '../hexkey.ts';
import { checkNewPin } from '../pin/check-pin.ts';
import { recoverGuardedSecret } from '../pin/recover-guarded-secret.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { openNodes } from './open-nodes.ts';
import { provePin, recoverAtNodes } from './prove-pin.ts';
import { commitPin, stagePin } from './replace-pin.ts';
import { changeEnded } from './settle-pin.ts';

export interface PinChange {
  readonly oldPin: Secret<string>;
  readonly newPin: Secret<string>;
  readonly onProgress: (progress: PinProgress) => void;
}

/**
 * Changes the PIN; S_pin and what follows from it stay (pin-network specification, section 4). It may stop anywhere: from then on
 * either PIN is good until one of them is proven, which ends the change with that one.
 *
 * @param staged the new PINs that t nodes hold, by identity: a retry with one of them proves that one
 * @throws {DomainError} `WeakPin` before anything is sent; what `provePin` throws
 */
export async function changePin(
  client: Client,
  kept: KeptAccount,
  { oldPin, newPin, onProgress }: PinChange,
  staged: WeakSet<Secret<string>>,
): Promise<KeptAccount> {
  checkNewPin(newPin);
  const operation = routes.changePin.name;
  if (staged.has(newPin))
    return (await provePin(client, kept, { pin: newPin, operation, onProgress })).account;
  const { channel, account } = await openNodes(client, kept);
  const { secret, shown } = await recoverAtNodes(
    client,
    channel,
    account,
    { pin: oldPin, operation },
    (deps) => recoverGuardedSecret(deps, oldPin, onProgress, true),
  );
  // A node takes a new record only from a device that has just shown it the PIN.
  await shown;
  const changing = { ...account, changingPin: true };
  await client.deps.vault.keepAccount(changing);
  const record = await stagePin(client, channel, changing, { pin: newPin, secret }, onProgress);
  staged.add(newPin);
  onProgress({ step: 'generating' });
  onProgress({ step: 'registering' });
  await commitPin(client, channel, changing, secret, record);
  return changeEnded(client, changing);
}
