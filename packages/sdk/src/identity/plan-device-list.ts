import type { DeviceView } from '@hexkey/contract';
import {
  type AikHandover,
  type DeviceList,
  equalBytes,
  type ListedDevice,
  maxHandovers,
  maxListedDevices,
  namesExactly,
  verifyAikHandover,
} from '@hexkey/protocol';
import type { KeptHandover } from './identity-book.ts';

/** What envelopes wait for at most: a device that was away longer has to join its conversations anew in any case. */
const unseenForMs = 30 * 24 * 60 * 60_000;

export interface ListStand {
  /** Account identity key of the PIN that was just proven, 32 bytes. */
  readonly aik: Uint8Array;
  /** At the server; null for none, or one that no AIK has signed. */
  readonly there: DeviceList | null;
  /** The last one this device has put or taken. */
  readonly pinned: DeviceList | null;
  readonly handover: KeptHandover | null;
  /** What the server says is logged in. It can leave devices out, but adds none: each adds itself. */
  readonly sessions: readonly DeviceView[];
  /** This device. */
  readonly deviceId: string;
  /** Its MLS key; null when it is leaving. */
  readonly signatureKey: Uint8Array | null;
  readonly nowMs: number;
}

export interface ListPlan {
  readonly devices: readonly ListedDevice[];
  readonly handovers: readonly AikHandover[];
  readonly version: number;
  /** The list at the server says all this already. */
  readonly isThere: boolean;
  /** Five other devices were seen within 30 days: this one has no place. */
  readonly isFull: boolean;
}

/**
 * The account's next list: devices that are still logged in, and this one. Only lists of the account's own AIK count, or of the one
 * that handed over to it here; whatever else the server has is outvoted by a higher version. Pure.
 */
export function planDeviceList(stand: ListStand): ListPlan {
  const { aik, there, pinned, deviceId, signatureKey, nowMs } = stand;
  const known = [there, pinned].filter((list) => list !== null);
  const bases = known.filter((list) => equalBytes(list.aik, aik) || isHandedOver(stand, list));
  const base = bases.reduce<DeviceList | null>(
    (best, list) => (best === null || list.version > best.version ? list : best),
    null,
  );
  const live = new Map(
    stand.sessions.flatMap((each) => (each.state === 'full' ? [[each.sessionId, each]] : [])),
  );
  const others = (base?.devices ?? []).filter(
    (device) => live.has(device.deviceId) && device.deviceId !== deviceId,
  );
  const isStaying = signatureKey !== null;
  const kept = isStaying ? withRoom(others, (id) => nowMs - (live.get(id)?.lastSeenAtMs ?? 0)) : others;
  const isFull = isStaying && kept.length >= maxListedDevices;
  const devices = isStaying && !isFull ? [...kept, { deviceId, signatureKey }] : kept;
  const handovers = handoversAfter(stand, base);
  return {
    devices,
    handovers,
    version: Math.max(0, ...known.map(({ version }) => version)) + 1,
    isThere: there !== null && there === base && equalBytes(there.aik, aik) && namesExactly(there, devices),
    isFull,
  };
}

/** Those unseen for longest go first, and only when their queues have run out anyway. */
function withRoom(
  others: readonly ListedDevice[],
  unseenMs: (deviceId: string) => number,
): readonly ListedDevice[] {
  const surplus = others.length - (maxListedDevices - 1);
  if (surplus <= 0) return others;
  const gone = others
    .filter(({ deviceId }) => unseenMs(deviceId) >= unseenForMs)
    .toSorted((left, right) => unseenMs(right.deviceId) - unseenMs(left.deviceId))
    .slice(0, surplus);
  return others.filter((device) => !gone.includes(device));
}

function isHandedOver({ aik, handover }: ListStand, list: DeviceList): boolean {
  return (
    handover !== null &&
    equalBytes(handover.aik, aik) &&
    equalBytes(handover.previousAik, list.aik) &&
    verifyAikHandover(list.accountId, handover, aik)
  );
}

function handoversAfter(stand: ListStand, base: DeviceList | null): readonly AikHandover[] {
  if (base === null) return [];
  const { handover } = stand;
  if (equalBytes(base.aik, stand.aik) || handover === null) return base.handovers;
  const { previousAik, signature } = handover;
  return [...base.handovers, { previousAik, signature }].slice(-maxHandovers);
}
