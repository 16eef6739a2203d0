import {
  type DeviceListVerdict,
  judgeDeviceList,
  readDeviceList,
  type SignedDeviceList,
  verifyDeviceList,
} from '@hexkey/protocol';
import type { Pin } from './identity-book.ts';

/** What became of a list that the server showed. */
export interface TakenList {
  /** To keep from now on; the one before when the list was refused. */
  readonly pin: Pin | null;
  readonly verdict: DeviceListVerdict | 'forged';
}

const refused: ReadonlySet<TakenList['verdict']> = new Set(['older', 'forked', 'another-account', 'forged']);
/** The owner's own AIK comes from a PIN entry, never from the server. */
const refusedOfSelf: ReadonlySet<TakenList['verdict']> = new Set([...refused, 'first', 'replaced']);

/**
 * Judges a list by the one that is pinned (docs/protocol/messaging.md section 1). Pure.
 * @param of whose list it must be; `isSelf`: the owner's own account
 */
export function takeList(
  pin: Pin | null,
  signed: SignedDeviceList,
  of: { readonly accountId: string; readonly isSelf: boolean },
  nowMs: number,
): TakenList {
  const next = verifyDeviceList(signed);
  if (next?.accountId !== of.accountId) return { pin, verdict: 'forged' };
  const verdict = judgeDeviceList(pin && readDeviceList(pin.list), next);
  if ((of.isSelf ? refusedOfSelf : refused).has(verdict) || verdict === 'same') return { pin, verdict };
  const standing = pin?.standing ?? 'unverified';
  const taken = { ...signed, standing, changedAtMs: pin?.changedAtMs ?? null };
  if (verdict !== 'replaced') return { pin: taken, verdict };
  const isKnownWell = standing === 'verified' || standing === 'changed';
  return {
    pin: { ...taken, standing: isKnownWell ? 'changed' : 'unverified', changedAtMs: nowMs },
    verdict,
  };
}
