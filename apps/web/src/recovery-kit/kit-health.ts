import type { RecoveryKitView } from '@hexkey/contract';
import type { RecoveryMethod } from '@hexkey/sdk';

export const recoveryMethods = ['phone', 'words', 'contact'] as const satisfies readonly RecoveryMethod[];

/** `weak`: set, but it would not work now. */
export type MethodHealth = 'works' | 'weak' | 'missing';

/** What would bring the owner in again. */
export type WayIn = RecoveryMethod | 'devices';
export type Loss = 'device' | RecoveryMethod;

/** What one loss would mean right now: the ways in that are left. None of them replaces the PIN. */
export interface LossMeaning {
  readonly loss: Loss;
  readonly waysIn: readonly WayIn[];
}

/** A login through the contact begins with the phone number, so a contact without one is no way in. */
export function methodHealth(kit: RecoveryKitView, method: RecoveryMethod): MethodHealth {
  if (method === 'phone') return kit.phone.state === 'added' ? 'works' : 'missing';
  if (method === 'words') return kit.words.state === 'backed-up' ? 'works' : 'missing';
  if (kit.contact.state === 'not-added') return 'missing';
  return kit.contact.problem === null && kit.phone.state === 'added' ? 'works' : 'weak';
}

/**
 * What losing this device, the number, the words or the contact would mean. A lost number still begins a login through the contact: it
 * is typed there, not held.
 */
export function lossMeanings(kit: RecoveryKitView): readonly LossMeaning[] {
  const working = recoveryMethods.filter((method) => methodHealth(kit, method) === 'works');
  const had = recoveryMethods.filter((method) => methodHealth(kit, method) !== 'missing');
  const withoutThisDevice: readonly WayIn[] = kit.fullDevices > 1 ? ['devices'] : [];
  return (['device', ...had] as const).map((loss) => ({
    loss,
    waysIn:
      loss === 'device'
        ? [...working, ...withoutThisDevice]
        : [...working.filter((method) => method !== loss), 'devices'],
  }));
}

/** Which reminder the chats show, if any: one at a time, each until it is put off. */
export function dueReminder(kit: RecoveryKitView, nowMs: number): 'phone' | 'kit' | null {
  const { kitSnoozedUntilMs, phoneSnoozedUntilMs } = kit.reminders;
  const { verifyDueAtMs } = kit.phone;
  if (verifyDueAtMs !== null && verifyDueAtMs <= nowMs && (phoneSnoozedUntilMs ?? 0) <= nowMs) return 'phone';
  return kit.methods <= 1 && (kitSnoozedUntilMs ?? 0) <= nowMs ? 'kit' : null;
}
