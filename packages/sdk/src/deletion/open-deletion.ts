import { DomainError, routes } from '@hexkey/contract';
import { pinAuthKeyPair, type Secret, signEraseOrder, toBase64url } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf, currentAccount } from '../account/current-account.ts';
import { openNodes } from '../account/open-nodes.ts';
import { openPinFlow } from '../account/open-pin-flow.ts';
import { provePin } from '../account/prove-pin.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import type { DeletionFlow, DeletionRequest } from './account-deletion.ts';

/** The first PIN entry. @throws {DomainError} what `provePin` throws */
export async function openDeletion(
  client: Client,
  kept: KeptAccount,
  pin: Secret<string>,
  leave: (departure: () => Promise<void>) => Promise<void>,
): Promise<DeletionFlow> {
  const flow = await openPinFlow(client, kept, { pin, operation: routes.prepareDeletion.name });
  let effectiveAtMs: number | null = null;
  return {
    close: flow.close,
    async prepare(locale) {
      const prepared = await flow.call(routes.prepareDeletion, { body: { locale } });
      effectiveAtMs = prepared.effectiveAtMs;
      return prepared;
    },
    async confirm(request) {
      flow.secret();
      const day = effectiveAtMs;
      if (day === null) throw new DomainError('PinNeededAgain', {});
      await leave(() => requestDeletion(client, request, day));
      flow.close();
    },
  };
}

/** The second PIN entry signs what the nodes will obey, and nothing else can sign it. */
async function requestDeletion(
  client: Client,
  { pin, code, erasesDevice }: DeletionRequest,
  effectiveAtMs: number,
): Promise<void> {
  const { deps } = client;
  const entry = { pin, operation: routes.requestDeletion.name, onProgress: () => undefined };
  const { recovered, account } = await provePin(client, await currentAccount(client), entry);
  // After the PIN: a move to other nodes that was under way has ended with it.
  const { set } = (await openNodes(client, account)).channel;
  const subject = {
    user: { tenant: set.nodeSet.tenant, userId: account.accountId },
    nodeSetHash: set.hash,
  };
  const pinAuthKeys = pinAuthKeyPair(recovered.secret);
  const order = signEraseOrder(subject, { effectiveAtMs, sequence: deps.clock.now() }, pinAuthKeys);
  await callWithPin(client.api, routes.requestDeletion, callerOf(client, account), pinAuthKeys, {
    body: {
      effectiveAtMs,
      sequence: order.sequence,
      signature: toBase64url(order.signature),
      code: code === null ? null : { verificationId: code.verificationId, code: code.digits.reveal() },
    },
  });
  if (!erasesDevice) return deps.vault.leaveAccount();
  await deps.conversations?.erase(account.accountId);
  await deps.vault.eraseAccount(account.accountId);
}
