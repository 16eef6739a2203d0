import type { PinRecord } from '../records/pin-record.ts';

/** Whose word counts about erasing: the PIN-auth key of the PIN that is set, or of the one that is about to be. */
export function ownerOf({ committed, staged }: PinRecord): Uint8Array | null {
  return (committed ?? staged)?.pinAuthKey ?? null;
}
