import { equalBytes, type RightPinMark } from '@hexkey/protocol';
import type { PinRecord } from '../records/pin-record.ts';

/**
 * Whether somebody has shown this node the right PIN since the sender was told its mark: he may have decided otherwise, on what he was
 * promised then. A request of a client that names no mark is never outdated.
 */
export function isOutdated(
  { rightPinMark: present }: PinRecord,
  { rightPinMark: told }: { readonly rightPinMark?: RightPinMark },
): boolean {
  if (told === undefined) return false;
  return told === null || present === null ? told !== present : !equalBytes(told, present);
}
