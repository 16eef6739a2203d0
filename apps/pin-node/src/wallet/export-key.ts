import {
  equalBytes,
  exportFromMs,
  exportSealContext,
  liveExport,
  type WalletAnswer,
  type WalletRequest,
  walletPackageHash,
} from '@hexkey/protocol';
import type { OperationContext } from '../operation.ts';
import { NodeRefusal } from '../refusal.ts';
import { answerTo, decideOnWallet, isRefused } from './decide-on-wallet.ts';
import { isOrdered, isRefusal, requireWalletDevice, walletFor } from './rights.ts';
import type { WalletDeps } from './wallet-deps.ts';
import type { CommittedShare } from './wallet-state.ts';

type Request<K extends WalletRequest['kind']> = Extract<WalletRequest, { kind: K }>;
type Done = { readonly outcome: 'Ok' };

/**
 * The owner wants the key out: this node waits seven days by its own clock, in which any enrolled device can cancel it. The same device again changes nothing; another
 * one's wish takes the place of the first and waits anew.
 * @throws {NodeRefusal} 401
 */
export async function beginExport(
  deps: WalletDeps,
  context: OperationContext,
  request: Request<'BeginExport'>,
): Promise<WalletAnswer> {
  type Begun = Done & { readonly fromMs: number };
  const result = await decideOnWallet<Begun>(deps, context, 'export', (record, sender) => {
    const { requester, device, nowMs } = sender;
    const committed = walletFor(record, sender, { recentPin: true, pastHold: true });
    if (isRefusal(committed)) return { refuse: committed };
    if (!isOrdered(deps, committed.pinAuthKey, requester, nowMs, request))
      return { refuse: { outcome: 'AuthRefused' } };
    const known = liveExport(record.wallet.exporting, nowMs);
    if (known !== null && equalBytes(known.device, device))
      return { keep: { outcome: 'Ok', fromMs: exportFromMs(known) } };
    const exporting = { device, begunAtMs: nowMs };
    return {
      wallet: { ...record.wallet, exporting },
      tell: true,
      result: { outcome: 'Ok', fromMs: exportFromMs(exporting) },
    };
  });
  return answerTo(request.kind, result);
}

/** By any enrolled device, without the PIN: whoever has only lost something by it begins it again. @throws {NodeRefusal} 401 */
export async function cancelExport(deps: WalletDeps, context: OperationContext): Promise<WalletAnswer> {
  const done: Done = { outcome: 'Ok' };
  const result = await decideOnWallet<Done>(deps, context, 'unexport', (record, sender) => {
    const committed = walletFor(record, sender, {});
    if (isRefusal(committed)) return { refuse: committed };
    if (record.wallet.exporting === null) return { keep: done };
    return { wallet: { ...record.wallet, exporting: null }, tell: true, result: done };
  });
  return answerTo('CancelExport', result);
}

/**
 * This node's share, for the device that asked seven days ago, with the PIN; sealed, because whoever relays t of them could sign for ever. Written down before it is given.
 * @throws {NodeRefusal} 400, 401
 */
export async function exportShare(
  deps: WalletDeps,
  context: OperationContext,
  request: Request<'ExportShare'>,
): Promise<WalletAnswer> {
  const { kind } = request;
  const released = await decideOnWallet<CommittedShare>(deps, context, 'release', (record, sender) => {
    const { requester, device, nowMs } = sender;
    const committed = walletFor(record, sender, { recentPin: true, pastHold: true });
    if (isRefusal(committed)) return { refuse: committed };
    if (!isOrdered(deps, committed.pinAuthKey, requester, nowMs, request))
      return { refuse: { outcome: 'AuthRefused' } };
    const known = liveExport(record.wallet.exporting, nowMs);
    if (known === null || !equalBytes(known.device, device)) return { refuse: { outcome: 'NoExport' } };
    const fromMs = exportFromMs(known);
    if (nowMs < fromMs) return { refuse: { outcome: 'TooEarly', fromMs } };
    return { wallet: record.wallet, tell: true, result: committed };
  });
  if (isRefused(released)) return { kind, ...released };
  const { package: held, key } = released;
  const seal = exportSealContext({
    realmId: deps.realmId,
    user: requireWalletDevice(context.requester).user,
    packageHash: walletPackageHash(held),
    identifier: key.identifier,
  });
  try {
    return { kind, outcome: 'Ok', sealed: await deps.sealing.seal(request.clientKey, seal, key.share) };
  } catch {
    // The library throws for a key that is none; nothing has left.
    throw new NodeRefusal(400, 'the key is not valid');
  }
}
