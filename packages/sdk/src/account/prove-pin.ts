import { isDomainError, routes, type SessionView } from '@hexkey/contract';
import { type PinSecret, pinAuthKeyPair } from '@hexkey/protocol';
import { checkPinForm } from '../pin/check-pin.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import { recoverGuardedSecret } from '../pin/recover-guarded-secret.ts';
import type { RecoverDeps, Recovered } from '../pin/recover-secret.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';
import { openNodes } from './open-nodes.ts';
import type { PinEntry } from './pin-entry.ts';
import { settlePin } from './settle-pin.ts';

/**
 * Proves the PIN of an account whose PIN is set: to the nodes, then to the server where the session is still locked. An interrupted
 * change ends here, with this PIN.
 * @throws {DomainError} `WrongPin`, `PinLocked`, `NodesUnavailable`, `NodeSetMismatch`, `PinRecordMissing`, `InvalidField`
 */
export async function provePin(
  client: Client,
  kept: KeptAccount,
  entry: PinEntry,
): Promise<{ readonly recovered: Recovered; readonly account: KeptAccount }> {
  const { channel, account } = await openNodes(client, kept);
  const { pin, onProgress } = entry;
  const recovered = await recoverAtNodes(client, channel, account, entry, (deps) =>
    recoverGuardedSecret(deps, pin, onProgress),
  );
  onProgress({ step: 'registering' });
  const full = { ...account, session: await fullSession(client, account, recovered.secret) };
  return { recovered, account: await settlePin(client, channel, full, recovered, entry) };
}

async function fullSession(client: Client, account: KeptAccount, pinSecret: PinSecret): Promise<SessionView> {
  if (account.session.state === 'full') return account.session;
  const pinAuthKey = pinAuthKeyPair(pinSecret);
  return callWithPin(client.api, routes.unlockSession, callerOf(client, account), pinAuthKey, {});
}

/** Recovers with the PIN, and tells the account's log when the entry was wrong. */
export async function recoverAtNodes<R extends Recovered>(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  { pin, operation }: Pick<PinEntry, 'pin' | 'operation'>,
  recover: (deps: RecoverDeps) => Promise<R>,
): Promise<R> {
  checkPinForm(pin);
  const { deps, guesses, background } = client;
  const { pinHash, clock } = deps;
  try {
    return await recover({ channel, pinHash, guesses, clock, background });
  } catch (error) {
    if (isDomainError(error, 'WrongPin')) background(report(client, account, operation, 'wrong-pin'));
    if (isDomainError(error, 'PinLocked')) background(report(client, account, operation, 'locked'));
    throw error;
  }
}

/** Best effort: the log is told, but an entry is not worth a second failure on the screen. */
async function report(
  client: Client,
  account: KeptAccount,
  operation: string,
  outcome: 'wrong-pin' | 'locked',
): Promise<void> {
  try {
    const caller = callerOf(client, account);
    await client.api.call(routes.reportAttempt, { caller, body: { operation, outcome } });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
  }
}
