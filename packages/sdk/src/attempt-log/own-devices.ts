import type { KeptLog, KeptNodeLog } from './kept-log.ts';
import type { Look } from './look.ts';
import type { OwnDevice } from './pin-history.ts';

/** More than anybody uses at once; a login of long ago makes room. */
const mostDevices = 24;

/**
 * The owner's devices: this one, those that were known, those that the owner's other devices name, and those of which t nodes say that
 * they showed the right PIN. Fewer nodes could be lying to have a stranger's tries passed over.
 * @returns this one first, then the newest
 */
export function ownDevices(
  look: Look,
  before: KeptLog | null,
  nodes: readonly KeptNodeLog[],
  knownSinceMs: number,
): readonly OwnDevice[] {
  const isSameSecret = before?.pinAuthKey === look.pinAuthKey;
  const known = new Map<string, OwnDevice>();
  for (const device of [
    ...(before !== null && isSameSecret ? before.devices : []),
    ...(look.shared.state === 'opened' ? look.shared.heads.devices : []),
    ...proversAt(nodes, look.nodeSet.threshold, knownSinceMs),
  ]) {
    const earlier = known.get(device.thumbprint);
    const { name, sinceMs } = earlier ?? device;
    known.set(device.thumbprint, { thumbprint: device.thumbprint, name: name ?? device.name, sinceMs });
  }
  const { thumbprint, name } = look.self;
  const self = { thumbprint, name, sinceMs: known.get(thumbprint)?.sinceMs ?? look.atMs };
  known.delete(thumbprint);
  const others = [...known.values()].sort((left, right) => right.sinceMs - left.sinceMs);
  return [self, ...others.slice(0, mostDevices - 1)];
}

function proversAt(nodes: readonly KeptNodeLog[], threshold: number, sinceMs: number): OwnDevice[] {
  const provers = new Map<string, number[]>();
  for (const { verdict, entries } of nodes) {
    if (verdict !== 'ok') continue;
    const firstTimes = new Map<string, number>();
    for (const { device, outcome, timeMs } of entries)
      if (device !== null && outcome === 'right' && timeMs >= sinceMs && !firstTimes.has(device))
        firstTimes.set(device, timeMs);
    for (const [device, timeMs] of firstTimes) provers.set(device, [...(provers.get(device) ?? []), timeMs]);
  }
  return [...provers].flatMap(([thumbprint, times]) =>
    times.length < threshold ? [] : [{ thumbprint, name: null, sinceMs: Math.min(...times) }],
  );
}
