import type { RecoveryKitView } from '@hexkey/contract';
import type { RecoveryMethod } from '@hexkey/sdk';
import { methodHealth, recoveryMethods } from './kit-health.ts';

/** After so long a method that was not seen to work is to be rehearsed again. */
export const provenForMs = 180 * 24 * 60 * 60_000;
/** Four losses that each leave a way in, and three methods that were seen to work. */
export const fullScore = 7;

/** What makes it better. */
export type HealthStep =
  | { readonly do: 'add' | 'rehearse'; readonly method: RecoveryMethod }
  /** The contact is set and could not help. */
  | { readonly do: 'repair' }
  /** 60 days are over since the number was verified. */
  | { readonly do: 'verify' };

/**
 * `lost`: without this device nothing brings the owner back. `fragile`: losing one more thing with it would do that, or a single method is
 * all there is. `unproven`: something was not seen to work for long. `good`: none of these.
 */
export type HealthLevel = 'lost' | 'fragile' | 'unproven' | 'good';

export interface KitHealth {
  readonly level: HealthLevel;
  /** 0 to `fullScore`. */
  readonly score: number;
  /** The most pressing first; none at the full score. */
  readonly next: readonly HealthStep[];
}

/** How well the Recovery Kit stands now. None of it replaces the PIN. */
export function healthOf(kit: RecoveryKitView, nowMs: number): KitHealth {
  const working = recoveryMethods.filter((method) => methodHealth(kit, method) === 'works');
  const isProven = (method: RecoveryMethod) => nowMs - (kit[method].lastWorkedAtMs ?? 0) <= provenForMs;
  const hasOtherDevice = kit.fullDevices > 1;
  /** Whether this device and one more thing may be lost; null: this device alone. */
  const survives = (lost: RecoveryMethod | null) =>
    hasOtherDevice || working.some((method) => method !== lost);
  const losses = [null, ...recoveryMethods].filter(survives);

  const isDue = kit.phone.verifyDueAtMs !== null && kit.phone.verifyDueAtMs <= nowMs;
  const proofs: HealthStep[] = [
    ...(kit.contact.problem === null ? [] : [{ do: 'repair' } as const]),
    ...(isDue ? [{ do: 'verify' } as const] : []),
    ...working.filter((method) => !isProven(method)).map((method) => ({ do: 'rehearse', method }) as const),
  ];
  // Words first: they need nobody else. The contact last: it begins with the number.
  const adds: HealthStep[] = (['words', 'phone', 'contact'] as const)
    .filter((method) => methodHealth(kit, method) === 'missing')
    .map((method) => ({ do: 'add', method }));
  const isEnough = working.length >= 2;
  return {
    level: levelOf({ survives, isEnough, isProven: proofs.length === 0 }),
    score: losses.length + working.filter(isProven).length,
    next: isEnough ? [...proofs, ...adds] : [...adds, ...proofs],
  };
}

function levelOf(given: {
  survives: (lost: RecoveryMethod | null) => boolean;
  isEnough: boolean;
  isProven: boolean;
}): HealthLevel {
  if (!given.survives(null)) return 'lost';
  if (!given.isEnough || !recoveryMethods.every(given.survives)) return 'fragile';
  return given.isProven ? 'good' : 'unproven';
}
