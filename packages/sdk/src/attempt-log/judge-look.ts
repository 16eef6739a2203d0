import { judgeNode } from './judge-node.ts';
import type { KeptLog } from './kept-log.ts';
import type { Look } from './look.ts';
import { ownDevices } from './own-devices.ts';
import type { SharedHeads } from './shared-heads.ts';
import { warningsOf } from './warnings-of.ts';

/** What this device knows after a look at the logs. Pure: the same look over the same knowledge gives the same. */
export function judgeLook(before: KeptLog | null, look: Look): KeptLog {
  const nodes = look.nodeSet.nodes.map((node) => judgeNode(look, before, node));
  const isOtherSecret = before !== null && before.pinAuthKey !== look.pinAuthKey;
  const knownSinceMs = isOtherSecret ? before.readAtMs : (before?.knownSinceMs ?? 0);
  const devices = ownDevices(look, before, nodes, knownSinceMs);
  const { shared } = look;
  const isNewer = shared.state === 'opened' && shared.heads.revision >= (before?.revision ?? 0);
  return {
    layout: 1,
    readAtMs: look.atMs,
    nodeSet: look.signedNodeSet,
    pinAuthKey: look.pinAuthKey,
    knownSinceMs,
    revision: isNewer ? shared.heads.revision : (before?.revision ?? 0),
    sharedHash: isNewer ? shared.hash : (before?.sharedHash ?? null),
    devices,
    nodes,
    warnings: warningsOf(look, before, { nodes, devices }),
  };
}

/**
 * What this device shares after a look: its own heads where they verified, what was shared before where they did not, so that nobody
 * passes on what they could not check.
 */
export function headsToShare({ nodes, devices, revision, readAtMs }: KeptLog, { shared }: Look): SharedHeads {
  const serverRevision = shared.state === 'opened' || shared.state === 'unreadable' ? shared.revision : 0;
  const earlier = new Map(
    shared.state === 'opened' ? shared.heads.nodes.map(({ realmId, head }) => [realmId, head]) : [],
  );
  return {
    revision: Math.max(revision, serverRevision) + 1,
    nodes: nodes.flatMap(({ realmId, verdict, checkedAtMs, head }) => {
      const isVerified = verdict === 'ok' && checkedAtMs === readAtMs;
      const chosen = isVerified ? head : (earlier.get(realmId) ?? head);
      return chosen === null ? [] : [{ realmId, head: chosen }];
    }),
    devices: [...devices],
  };
}
