import { DomainError, routes } from '@hexkey/contract';
import {
  contentDigest,
  deviceKeyThumbprint,
  equalBytes,
  fromBase64url,
  type PinSecret,
  pinAuthKeyPair,
  type SignedNodeSet,
  toBase64url,
  verifyNodeSet,
} from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import type { Recovered } from '../pin/recover-secret.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { headsToShare, judgeLook } from './judge-look.ts';
import { seenHeads } from './judge-node.ts';
import { type KeptLog, keepLog, readKeptLog } from './kept-log.ts';
import type { Look, SharedAnswer } from './look.ts';
import { readNodeLog } from './read-node-log.ts';
import { openSharedHeads, sealSharedHeads } from './shared-heads.ts';

/** Another device may write between reading and writing; a third time is left to the next PIN entry. */
const mostLooks = 2;

/**
 * After a right PIN: reads what each node wrote down since the owner's devices looked last, judges it, keeps it, and shares the new heads
 * with the other devices. Goes on behind the operation, never delays it or makes it fail.
 *
 * @param account whose session is full
 */
export function lookAtLogs(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  { secret, shown }: Pick<Recovered, 'secret' | 'shown'>,
): void {
  // A node tells its log only to a device that has just shown it the PIN.
  client.background(
    shown.then(() => client.inLogTurn(() => lookUntilShared(client, channel, account, secret))),
  );
}

async function lookUntilShared(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  secret: PinSecret,
): Promise<void> {
  try {
    for (let looks = 0; looks < mostLooks; looks += 1)
      if (await lookOnce(client, channel, account, secret)) break;
  } catch (error) {
    // Offline, logged out meanwhile, no room: the next right PIN looks again from the heads that are kept.
    if (!(error instanceof DomainError)) throw error;
  }
  client.historyRead();
}

/** @returns false when another device shared its heads meanwhile */
async function lookOnce(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  secret: PinSecret,
): Promise<boolean> {
  const { deps } = client;
  const { accountId } = account;
  const before = await readKeptLog(deps, accountId);
  const look = await readEverything(client, channel, account, secret, before);
  const after = judgeLook(before, look);
  await keepLog(deps, accountId, after);
  if (look.shared.state === 'unasked') return true;
  const heads = headsToShare(after, look);
  const sealed = sealSharedHeads(secret, accountId, heads, deps.random);
  const { stored } = await client.api.call(routes.putLogHeads, {
    caller: callerOf(client, account),
    body: {
      replaces: look.shared.state === 'none' ? 0 : look.shared.revision,
      revision: heads.revision,
      sealed: toBase64url(sealed),
    },
  });
  if (!stored) return false;
  await keepLog(deps, accountId, {
    ...after,
    revision: heads.revision,
    sharedHash: contentDigest(sealed),
  });
  return true;
}

async function readEverything(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  secret: PinSecret,
  before: KeptLog | null,
): Promise<Look> {
  const { deps } = client;
  const { accountId, deviceKey } = account;
  const { nodeSet } = channel.set;
  const atMs = deps.clock.now();
  const shared = await sharedHeads(client, account, secret);
  const lookedAt = { accountId, nodeSet, shared };
  const received = nodeSet.nodes.map(async (node) => {
    const kept = before?.nodes.find(({ realmId }) => realmId === node.realmId);
    const { own, shared: other } = seenHeads(lookedAt, node, kept);
    // A device that has nothing yet reads it all; what the others saw is checked on the way.
    const after = own === null ? 0 : Math.min(own.sequence, other?.sequence ?? own.sequence);
    return [node.realmId, await readNodeLog(channel, node.realmId, after)] as const;
  });
  return {
    ...lookedAt,
    atMs,
    signedNodeSet: signedNodeSet(client, channel, before),
    self: { thumbprint: deviceKeyThumbprint(deviceKey.publicKey), name: deps.device.name },
    pinAuthKey: toBase64url(pinAuthKeyPair(secret).publicKey),
    received: new Map(await Promise.all(received)),
  };
}

async function sharedHeads(client: Client, account: KeptAccount, secret: PinSecret): Promise<SharedAnswer> {
  try {
    const { heads } = await client.api.call(routes.getLogHeads, { caller: callerOf(client, account) });
    if (heads === null) return { state: 'none' };
    const { revision } = heads;
    const sealed = fromBase64url(heads.sealed);
    const opened = openSharedHeads(secret, account.accountId, sealed);
    if (opened === null) return { state: 'unreadable', revision };
    return { state: 'opened', heads: opened, hash: contentDigest(sealed), revision };
  } catch (error) {
    if (error instanceof DomainError) return { state: 'unasked' };
    throw error;
  }
}

/** The document itself, for whoever verifies an exported history. */
function signedNodeSet({ deps }: Client, channel: NodeChannel, before: KeptLog | null): SignedNodeSet {
  const isKept =
    before !== null && equalBytes(verifyNodeSet(before.nodeSet, deps.operatorKey).hash, channel.set.hash);
  const { payload, signature } = channel.document;
  return isKept ? before.nodeSet : { payload, signature };
}
