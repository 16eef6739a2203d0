import { DomainError, routes } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { openNodes } from '../account/open-nodes.ts';
import { recoverAtNodes } from '../account/prove-pin.ts';
import { commitPin } from '../account/replace-pin.ts';
import { settlePin } from '../account/settle-pin.ts';
import type { PinProgress } from '../hexkey.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import { recoverGuardedSecret } from '../pin/recover-guarded-secret.ts';
import { recordProven } from '../pin/stage-record.ts';
import { completeSurvey, startSurvey } from '../pin/survey-nodes.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { endsOf, goOn } from './go-on.ts';

export interface PinMove {
  readonly pin: Secret<string>;
  readonly onProgress: (progress: PinProgress) => void;
  /** The owner was told that nodes of the new set are away. */
  readonly acceptFewerNodes: boolean;
}

/**
 * Moves the PIN to the newest node set (ADR 68): same PIN, same S_pin, same wallet address. It may stop anywhere. Before the first old node
 * closes, the old set is the one that counts, and the next PIN entry goes on; from then on any device finishes it, without the PIN.
 * @throws {DomainError} `NoNodeSetChange`; before a guess is made `SomeNodesAway`, `NodesUnavailable`; what `provePin` and `takeWalletAlong` throw; `MoveRefused`
 */
export async function movePin(
  client: Client,
  kept: KeptAccount,
  { pin, onProgress, acceptFewerNodes }: PinMove,
): Promise<KeptAccount> {
  const { channel: from, account, nodes } = await openNodes(client, kept);
  if (nodes.own === nodes.sets.length - 1) throw new DomainError('NoNodeSetChange', {});
  const ends = endsOf(nodes);
  await requireNewNodes(ends.to, acceptFewerNodes);
  const surveys = startSurvey(from, (done, of) => onProgress({ step: 'connecting', done, of }));
  await completeSurvey(from, surveys);
  const entry = { pin, operation: routes.moveNodeSet.name };
  const proven = await recoverAtNodes(client, from, account, entry, (deps) =>
    recoverGuardedSecret(deps, pin, onProgress, surveys),
  );
  await proven.shown;
  // A change that was interrupted is ended first, and nodes that missed the PIN are given it: what is left behind must be one record.
  const settled = await settlePin(client, from, account, proven, { pin, onProgress });
  const isBehind = !proven.contested && proven.places.committedAt.length < from.set.nodeSet.threshold;
  if (isBehind) await commitPin(client, from, settled, proven.secret, recordProven(proven), 'repair');
  const { secret } = proven;
  const moved = await goOn(client, settled, nodes, { pin, secret, onProgress, acceptFewerNodes });
  client.background(client.makeWallet(moved, secret));
  return moved;
}

/** As for a new PIN: each node that is missed is one fewer that may fail later. */
async function requireNewNodes(to: NodeChannel, acceptFewerNodes: boolean): Promise<void> {
  const { nodes, threshold } = to.set.nodeSet;
  // Not `MoveStatus`, whose receipts would keep a share of an interrupted move from being replaced.
  const answered = await Promise.all(
    nodes.map(async ({ realmId }) => (await to.ask(realmId, { kind: 'ListVersions' })).ok),
  );
  const reachable = answered.filter(Boolean).length;
  if (reachable < threshold) throw new DomainError('NodesUnavailable', { reachable, needed: threshold });
  if (reachable < nodes.length && !acceptFewerNodes)
    throw new DomainError('SomeNodesAway', { reachable, needed: nodes.length });
}
