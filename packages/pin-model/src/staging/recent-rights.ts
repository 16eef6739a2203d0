import {
  type Caller,
  emptyThrottle,
  hasRecentRightPin,
  recordRightPin,
  type ThrottleState,
} from '@hexkey/protocol';

const nowMs = 10 * 24 * 3_600_000;
const callers: readonly Caller[] = [0, 1, 2].map((device) => ({
  id: `key:${device}`,
  enrollable: true,
  hasWords: false,
}));

/**
 * Which devices showed a node the right PIN within ten minutes, decided by the real throttle and named by bits: bit d for device d. All
 * that staging needs of a throttle; the guesses themselves are explored in `guessing/`.
 */
const throttles = new Map<number, ThrottleState>([[0, emptyThrottle]]);
const after = new Map<string, number>();

export function withRight(rights: number, device: number): number {
  const name = `${rights}+${device}`;
  const known = after.get(name);
  if (known !== undefined) return known;
  const throttle = recordRightPin(throttles.get(rights) as ThrottleState, callers[device] as Caller, nowMs);
  const bits = callers.reduce(
    (sum, caller, at) => sum | (hasRecentRightPin(throttle, caller, nowMs) ? 1 << at : 0),
    0,
  );
  if (!throttles.has(bits)) throttles.set(bits, throttle);
  after.set(name, bits);
  return bits;
}

export function hasRight(rights: number, device: number): boolean {
  return hasRecentRightPin(throttles.get(rights) as ThrottleState, callers[device] as Caller, nowMs);
}

/** A commit that replaces a record leaves its own device's right alone. */
export function onlyRightOf(rights: number, device: number): number {
  return hasRight(rights, device) ? withRight(0, device) : 0;
}
