import type { Envelope, PendingCommit } from '../group-crypto.ts';

/** The delivery service in small: one order for all, a queue for each device. `name` is a device id. */
export function serverModel(groupId: string) {
  const queues = new Map<string, Envelope[]>();
  let epoch = 0;
  let count = 0;
  let groupInfo: Uint8Array | null = null;
  const deliver = (to: Iterable<string>, kind: Envelope['kind'], body: Uint8Array) => {
    count += 1;
    const envelope: Envelope = { envelopeId: `e${count}`, groupId, kind, body };
    for (const name of to) queues.set(name, [...(queues.get(name) ?? []), envelope]);
  };
  return {
    members: new Set<string>(),
    epoch: () => epoch,
    groupInfo: () => groupInfo,
    begin(name: string) {
      this.members.add(name);
    },
    /** @returns false for `stale_epoch` */
    commit(pending: PendingCommit): boolean {
      if (pending.epoch !== epoch) return false;
      const added = pending.added.map(({ deviceId }) => deviceId);
      if (pending.external) for (const name of added) this.members.add(name);
      deliver(this.members, 'commit', pending.commit);
      for (const { deviceId } of pending.removed)
        if (!added.includes(deviceId)) this.members.delete(deviceId);
      for (const name of added) this.members.add(name);
      if (pending.welcome !== null) deliver(added, 'welcome', pending.welcome);
      epoch += 1;
      groupInfo = pending.groupInfo;
      return true;
    },
    /** @returns false for `stale_epoch` */
    send(from: string, sentInEpoch: number, ciphertext: Uint8Array): boolean {
      if (sentInEpoch !== epoch || !this.members.has(from)) return false;
      deliver(
        [...this.members].filter((name) => name !== from),
        'message',
        ciphertext,
      );
      return true;
    },
    /** Takes what waits for a device. */
    fetch(name: string): readonly Envelope[] {
      const waiting = queues.get(name) ?? [];
      queues.delete(name);
      return waiting;
    },
  };
}
