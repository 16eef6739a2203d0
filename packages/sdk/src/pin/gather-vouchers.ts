import { fromHex, toHex, type Vouchers } from '@hexkey/protocol';
import { decideEarly } from './decide-early.ts';
import type { NodeChannel } from './node-channel.ts';

/**
 * What the nodes that were just shown the PIN say about it to one that missed it (docs/protocol/pin-node.md section 9). Those that have not
 * been shown it say nothing; no node is waited for once t have said the same.
 * @returns null when fewer than t vouch for one record
 */
export function gatherVouchers(channel: NodeChannel): Promise<Vouchers | null> {
  const { nodes, threshold } = channel.set.nodeSet;
  const asked = new Map(
    nodes.map(({ realmId }) => [realmId, channel.ask(realmId, { kind: 'Vouch' })] as const),
  );
  return decideEarly(asked, (replies, pending) => {
    const records = new Map<string, Vouchers>();
    for (const [realmId, reply] of replies) {
      if (!reply.ok || reply.answer.outcome !== 'Ok') continue;
      const { version, pinAuthKey, timeMs, signature } = reply.answer;
      const name = `${toHex(version)}/${toHex(pinAuthKey ?? new Uint8Array(0))}`;
      const vouchers = records.get(name)?.vouchers ?? [];
      const voucher = { realmId: fromHex(realmId), timeMs, signature };
      records.set(name, { version, pinAuthKey, vouchers: [...vouchers, voucher] });
    }
    for (const record of records.values()) if (record.vouchers.length >= threshold) return record;
    return pending === 0 ? null : undefined;
  });
}
