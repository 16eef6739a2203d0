import { equalBytes } from '../encoding/bytes.ts';
import { type DeviceList, isOfLine, namesExactly } from './device-list.ts';

/**
 * What a list is, seen from the one that is pinned for the same account.
 * `first`: nothing was pinned. `same`: that list. `newer`: signed by the same AIK later. `handed-over`: by an AIK that the pinned one named.
 * `older`: from before it, which a server may still have but must not bring back. `forked`: another list of the same version: the AIK has
 * signed two, or the server tells two stories. `replaced`: an AIK that the pinned one has not named; whoever made it holds no proof of being
 * the same owner.
 */
export type DeviceListVerdict =
  | 'first'
  | 'same'
  | 'newer'
  | 'handed-over'
  | 'older'
  | 'forked'
  | 'replaced'
  | 'another-account';

/** Pure. Both are what `verifyDeviceList` has returned. */
export function judgeDeviceList(pinned: DeviceList | null, next: DeviceList): DeviceListVerdict {
  if (pinned === null) return 'first';
  if (pinned.accountId !== next.accountId) return 'another-account';
  if (equalBytes(pinned.aik, next.aik)) {
    if (next.version !== pinned.version) return next.version > pinned.version ? 'newer' : 'older';
    return namesExactly(pinned, next.devices) ? 'same' : 'forked';
  }
  if (isOfLine(next, pinned.aik)) return next.version > pinned.version ? 'handed-over' : 'older';
  return isOfLine(pinned, next.aik) ? 'older' : 'replaced';
}
