import { readMessage } from '../mls/message-bytes.ts';
import { groupIdOf } from '../state/group-id.ts';

/** The outside of an encrypted message; who sent it is encrypted too. RFC 9420 section 6.3. */
export interface PrivateMessageSummary {
  readonly groupId: string;
  readonly epoch: number;
}

/** @param bytes MLSMessage with a PrivateMessage. @returns null for anything but an application message in one of our groups */
export function readPrivateMessage(bytes: Uint8Array): PrivateMessageSummary | null {
  const message = readMessage(bytes, 'mls_private_message')?.privateMessage;
  if (message?.contentType !== 'application') return null;
  const groupId = groupIdOf(message.groupId);
  return groupId === null ? null : { groupId, epoch: Number(message.epoch) };
}
