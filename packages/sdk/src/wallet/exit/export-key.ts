import { DomainError, routes } from '@hexkey/contract';
import {
  combineKey,
  deviceKeyThumbprint,
  equalBytes,
  exportSealContext,
  fromBase64url,
  fromHex,
  isShareOfPackage,
  type KeyShare,
  Secret,
  toBase58,
  type WalletNode,
  type WalletRefusal,
  walletNodesOf,
  walletPackageHash,
} from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import type { OpenAccount } from '../../account/open-account.ts';
import type { NodeChannel } from '../../pin/node-channel.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { makeHpkePair } from '../../team-hexkey/hpke-key.ts';
import { callWithPin } from '../../transport/call-with-pin.ts';
import { openRound2 } from '../key/seal-round2.ts';
import { orderOf } from '../key/wallet-order.ts';
import { packageOf } from '../key/wallet-record.ts';
import { domainErrorOfRefusal } from '../sign/sign-message.ts';
import { tellNodes } from '../tell-nodes.ts';
import type { PaymentKeys } from '../transfers/send-transfer.ts';
import type { KeyExport, KeyExportState, TakenKey } from '../wallet.ts';
import { keysOffServer } from './keys-off-server.ts';
import { nodesOffServer, openOffServer } from './open-off-server.ts';

const noProgress = () => undefined;

/** Taking the wallet's key out: the delay is each node's, and so is the cancel (docs/protocol/wallet.md section 6). */
export function createKeyExport(client: Client, open: OpenAccount): KeyExport {
  const state = async (account: KeptAccount) =>
    stateAt(client, account, await nodesOffServer(client, account));
  return {
    state: () => open.read(state),
    begin: (pin) =>
      open.act(async (account) => {
        const keys = await keysOffServer(client, account, pin, noProgress);
        // The other devices hear of it before it counts.
        await announce(client, account, keys, 'begun');
        const channel = await nodesOffServer(client, account);
        await tellNodes(client.deps, channel, byOf(client, account, keys), { kind: 'BeginExport' });
        client.walletChanged();
        return stateAt(client, account, channel);
      }),
    cancel: () =>
      open.act(async (account) => {
        await cancelAt(await nodesOffServer(client, account));
        client.walletChanged();
      }),
    take: (pin) =>
      open.act(async (account) => {
        const keys = await keysOffServer(client, account, pin, noProgress);
        const taken = await takeKey(client, account, keys);
        await announce(client, account, keys, 'taken');
        return taken;
      }),
  };
}

const byOf = (client: Client, account: KeptAccount, { auth }: PaymentKeys) => ({
  deviceKey: callerOf(client, account).device.publicKey,
  pinAuthKey: auth.pair,
});

/** A server that is away, or refuses, keeps nobody's key: other devices ask the nodes too. */
async function announce(
  client: Client,
  account: KeptAccount,
  { auth }: PaymentKeys,
  step: 'begun' | 'taken',
): Promise<void> {
  try {
    const caller = callerOf(client, account);
    await callWithPin(client.api, routes.announceWalletExport, caller, auth.pair, { body: { step } });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

const nodesOf = ({ set }: NodeChannel): readonly WalletNode[] => walletNodesOf(set.nodeSet, set.hash).nodes;

/** One node that speaks of an export is enough to say so. @throws {DomainError} `NodesUnavailable` when so many are away that t could know of one */
async function stateAt(client: Client, account: KeptAccount, channel: NodeChannel): Promise<KeyExportState> {
  const replies = await Promise.all(
    nodesOf(channel).map(({ realmId }) => channel.askWallet(realmId, { kind: 'WalletStatus' })),
  );
  const answers = replies.flatMap((reply) =>
    reply.ok && reply.answer.outcome === 'Ok' ? [reply.answer] : [],
  );
  const told = answers.flatMap(({ exporting }) => (exporting === null ? [] : [exporting]));
  const { threshold, nodes } = channel.set.nodeSet;
  if (told.length === 0) {
    if (answers.length < nodes.length - threshold + 1)
      throw new DomainError('NodesUnavailable', { reachable: answers.length, needed: threshold });
    return { is: 'none' };
  }
  const own = fromBase64url(deviceKeyThumbprint(callerOf(client, account).device.publicKey));
  const others = told.filter(({ device }) => !equalBytes(device, own));
  const shown = others.length > 0 ? others : told;
  const times = shown.map(({ fromMs }) => fromMs).sort((left, right) => left - right);
  return {
    is: 'begun',
    by: others.length > 0 ? 'another-device' : 'this-device',
    fromMs: times[Math.min(threshold, times.length) - 1] as number,
  };
}

/** So many nodes have to hear of it that those that did not are too few. @throws {DomainError} `NodesUnavailable` */
async function cancelAt(channel: NodeChannel): Promise<void> {
  const replies = await Promise.all(
    nodesOf(channel).map(({ realmId }) => channel.askWallet(realmId, { kind: 'CancelExport' })),
  );
  const { nodes, threshold } = channel.set.nodeSet;
  const reachable = replies.filter((reply) => reply.ok && reply.answer.outcome === 'Ok').length;
  const needed = nodes.length - threshold + 1;
  if (reachable < needed) throw new DomainError('NodesUnavailable', { reachable, needed });
}

/** @throws {DomainError} the refusal that most nodes gave; `NodesUnavailable`, `NodeCheated` */
async function takeKey(client: Client, account: KeptAccount, keys: PaymentKeys): Promise<TakenKey> {
  const { deps } = client;
  const { record, shares, channel } = await openOffServer(client, account, keys.shares);
  const wallet = packageOf(record);
  const { publicKey: clientKey, pair } = await makeHpkePair(deps.engine);
  const by = byOf(client, account, keys);
  const request = { kind: 'ExportShare', clientKey } as const;
  const order = orderOf(deps, channel, by.deviceKey, by.pinAuthKey, request);
  const { nodeSet } = channel.set;
  const user = { tenant: nodeSet.tenant, userId: channel.accountId };
  const given: KeyShare[] = [];
  const cheating: string[] = [];
  const refusals: WalletRefusal[] = [];
  await Promise.all(
    nodesOf(channel).map(async ({ realmId, identifier }) => {
      const reply = await channel.askWallet(realmId, { ...request, order });
      if (!reply.ok) return;
      if (reply.answer.outcome !== 'Ok') return void refusals.push(reply.answer);
      const seal = { realmId: fromHex(realmId), user, packageHash: walletPackageHash(wallet), identifier };
      const opened = await openRound2(pair, exportSealContext(seal), reply.answer.sealed);
      const share = opened === null ? null : { identifier, share: new Secret<Uint8Array>(opened) };
      if (share === null || !isShareOfPackage(share, wallet)) cheating.push(realmId);
      else given.push(share);
    }),
  );
  if (given.length < nodeSet.threshold) throw whyNot(refusals, cheating, given.length, nodeSet.threshold);
  const scalar = combineKey(wallet, [...given.slice(0, nodeSet.threshold), ...shares]);
  return { address: toBase58(fromBase64url(record.publicKey)), scalar, cheatingNodes: cheating };
}

function whyNot(
  refusals: readonly WalletRefusal[],
  cheating: readonly string[],
  reachable: number,
  needed: number,
): DomainError {
  const count = (outcome: string) => refusals.filter((each) => each.outcome === outcome).length;
  const [most] = refusals.toSorted((left, right) => count(right.outcome) - count(left.outcome));
  if (most !== undefined) return domainErrorOfRefusal(most);
  if (cheating.length > 0) return new DomainError('NodeCheated', { realmIds: cheating });
  return new DomainError('NodesUnavailable', { reachable, needed });
}
