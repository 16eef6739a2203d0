import { ratchetTreeFromExtension } from 'ts-mls/groupInfo.js';
import { MlsError } from 'ts-mls/mlsError.js';
import { leavesOf } from '../identity/roster.ts';
import { readMessage } from '../mls/message-bytes.ts';
import { groupIdOf } from '../state/group-id.ts';
import type { LeafSummary } from './leaf-summary.ts';

/** Who sits where in an epoch, as its GroupInfo says. RFC 9420 section 12.4.3. */
export interface GroupInfoSummary {
  readonly groupId: string;
  readonly epoch: number;
  /** The leaf that signed it. */
  readonly signer: number;
  readonly members: readonly (LeafSummary & { readonly leafIndex: number })[];
}

/** @param bytes MLSMessage with a GroupInfo. @returns null for anything else, and without the ratchet tree or the external key */
export function readGroupInfo(bytes: Uint8Array): GroupInfoSummary | null {
  const groupInfo = readMessage(bytes, 'mls_group_info')?.groupInfo;
  if (groupInfo === undefined) return null;
  const groupId = groupIdOf(groupInfo.groupContext.groupId);
  if (groupId === null) return null;
  if (!groupInfo.extensions.some(({ extensionType }) => extensionType === 'external_pub')) return null;
  try {
    const tree = ratchetTreeFromExtension(groupInfo);
    if (tree === undefined) return null;
    const { epoch } = groupInfo.groupContext;
    return { groupId, epoch: Number(epoch), signer: groupInfo.signer, members: leavesOf(tree) };
  } catch (error) {
    if (error instanceof MlsError || error instanceof RangeError) return null;
    throw error;
  }
}
