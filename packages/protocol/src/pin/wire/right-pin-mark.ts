import type { Members } from './members.ts';
import { pinLengths } from './registration.ts';

/**
 * Names the last right PIN (Recover3) that a node was shown for an account: 8 random bytes, null before the first. It tells nothing but
 * whether there was another since. A Stage or Commit that names it is taken only until then; clients and nodes of the first releases
 * leave it out (ADR 48).
 */
export type RightPinMark = Uint8Array | null;

/** Its name on the wire. */
export const markMember = 'right_pin_mark';

/** @throws {MalformedError} */
export function rightPinMarkIn(members: Members): { readonly rightPinMark?: RightPinMark } {
  if (!members.has(markMember)) return {};
  return { rightPinMark: members.bytesOrNull(markMember, pinLengths.rightPinMark) };
}
