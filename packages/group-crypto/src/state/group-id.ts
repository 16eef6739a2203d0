import { textOf, utf8 } from '@hexkey/protocol';

/** @throws {RangeError} an id that could be mistaken for two: it is part of keys */
export function checkGroupId(groupId: string): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(groupId)) throw new RangeError('not a group id');
}

/** The id in a group's context, or null when it is none of ours. */
export function groupIdOf(bytes: Uint8Array): string | null {
  try {
    const groupId = textOf(bytes);
    checkGroupId(groupId);
    return groupId;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export const groupIdBytes = (groupId: string): Uint8Array => utf8(groupId);
