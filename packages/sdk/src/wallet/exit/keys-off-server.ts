import { DomainError } from '@hexkey/contract';
import { pinAuthKeyPair, type Secret } from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { entropyWithPin, sealOpenedBy } from '../../account/kept-entropy.ts';
import { recoverAtNodes } from '../../account/prove-pin.ts';
import { recoverGuardedSecret } from '../../pin/recover-guarded-secret.ts';
import type { PinProgress } from '../../pin-progress.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { sharesKey } from '../key/wallet-shares.ts';
import type { PaymentKeys } from '../transfers/send-transfer.ts';
import { nodesOffServer } from './open-off-server.ts';

/** What entries that the server does not hear of are called, here and in the nodes' logs. */
const operation = 'payWithoutServer';

/**
 * What the PIN opens for payments, with the nodes alone. A wrong one costs a try there as anywhere.
 * @throws {DomainError} `WrongPin`, `PinLocked`, `NodesUnavailable`, `PinRecordMissing`; `ServerNeeded` (node-set, words)
 */
export async function keysOffServer(
  client: Client,
  account: KeptAccount,
  pin: Secret<string>,
  onProgress: (progress: PinProgress) => void,
): Promise<PaymentKeys> {
  const channel = await nodesOffServer(client, account);
  const { secret, shown } = await recoverAtNodes(client, channel, account, { pin, operation }, (deps) =>
    recoverGuardedSecret(deps, pin, onProgress),
  );
  await shown;
  // Every device keeps them sealed under S_pin; one that missed a change of it has them under another.
  if (sealOpenedBy(account, secret) === null) throw new DomainError('ServerNeeded', { missing: 'words' });
  const entropy = await entropyWithPin(client, account, secret);
  return {
    auth: { key: 'pin', pair: pinAuthKeyPair(secret) },
    shares: sharesKey(secret, entropy),
  };
}
