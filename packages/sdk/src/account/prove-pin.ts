import { isDomainError, routes, type SessionView } from '@hexkey/contract';
import { type PinSecret, pinAuthKeyPair } from '@hexkey/protocol';
import { lookAtLogs } from '../attempt-log/look-at-logs.ts';
import { keepAccount } from '../deletion/keep-account.ts';
import { forgetNow } from '../devices/forget-devices.ts';
import { speakForAccount } from '../identity/speak-for-account.ts';
import { afterMoves } from '../node-move/after-moves.ts';
import { checkPinForm } from '../pin/check-pin.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import { recoverGuardedSecret } from '../pin/recover-guarded-secret.ts';
import type { RecoverDeps, Recovered } from '../pin/recover-secret.ts';
import { noteRefusedPin, noteRightPin } from '../pin-notes/keep-pin-notes.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import { renewPay } from '../wallet/pay/renew-pay.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';
import { openNodes } from './open-nodes.ts';
import type { PinEntry } from './pin-entry.ts';
import { settlePin } from './settle-pin.ts';

/**
 * Proves the PIN of an account whose PIN is set: to the nodes, then to the server where the session is still locked. An interrupted
 * change ends here, with this PIN.
 * @throws {DomainError} `WrongPin`, `PinLocked`, `NodesUnavailable`, `NodeSetMismatch`, `PinRecordMissing`, `InvalidField`,
 * `SecretReplaced`, `DeletionPending` unless the entry keeps the account
 */
export async function provePin(
  client: Client,
  kept: KeptAccount,
  entry: PinEntry,
): Promise<{ readonly recovered: Recovered; readonly account: KeptAccount }> {
  const { channel, account, nodes } = await openNodes(client, kept);
  const { pin, onProgress } = entry;
  const recovered = await recoverAtNodes(client, channel, account, entry, (deps) =>
    recoverGuardedSecret(deps, pin, onProgress),
  );
  onProgress({ step: 'registering' });
  if (entry.keepsAccount === true) await keepAccount(client, channel, account, recovered.secret);
  const full = { ...account, session: await fullSession(client, account, recovered.secret) };
  const isNewLogin = account.session.state === 'locked';
  const settled = await afterMoves(
    client,
    nodes,
    await settlePin(client, channel, full, recovered, entry, isNewLogin),
    recovered,
    entry,
  );
  client.background(forgetNow(client, settled, recovered.shown));
  client.background(speakForAccount(client, settled, recovered.secret));
  // Who asks for the wallet makes it himself, and sees how far it is.
  if (entry.operation !== routes.createWallet.name)
    client.background(recovered.shown.then(() => client.makeWallet(settled, recovered.secret)));
  client.background(renewPay(client, settled, recovered.secret));
  lookAtLogs(client, channel, settled, recovered);
  return { recovered, account: settled };
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
  const wrongFor: Uint8Array[] = [];
  const onJudgedWrong = (version: Uint8Array) => void wrongFor.push(version);
  try {
    const recovered = await recover({ channel, pinHash, guesses, clock, background, onJudgedWrong });
    await noteRightPin(client, account, channel.set.nodeSet.limits.provenDevice.attempts);
    return recovered;
  } catch (error) {
    await noteRefusedPin(client, account, pin, wrongFor, error);
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
