import { attachmentLimits, type BodyOf, DomainError, type routes } from '@hexkey/contract';
import { attachmentLayout } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField } from '../field-bytes.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { accountSubject } from '../limits/subjects.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/** An upload that stands still longer is given up. */
const uploadMs = 7 * 24 * 60 * 60_000;
const longestBytes = attachmentLayout(attachmentLimits.contentBytes).sealedBytes;

/**
 * Makes room for a sealed attachment of a member.
 * @throws {DomainError} `AttachmentTooLarge`, `AttachmentSpaceFull`, `NotFound` (group), `NotAMember`, `InvalidField` (attachmentId), `TooMany`
 */
export async function createAttachment(
  deps: Pick<Deps, 'clock' | 'keys' | 'transact'>,
  { account, session }: Caller,
  { attachmentId, groupId, lengthBytes }: BodyOf<typeof routes.createAttachment>,
): Promise<void> {
  if (lengthBytes > longestBytes)
    throw new DomainError('AttachmentTooLarge', { limitBytes: attachmentLimits.contentBytes });
  const nowMs = deps.clock.now();
  await deps.transact(async (stores) => {
    const [group] = await stores.groups.lock([groupId]);
    if (group === undefined) throw new DomainError('NotFound', { what: 'group' });
    const members = await stores.groups.members([groupId]);
    if (members.find((member) => member.account_id === account.id)?.state !== 'in')
      throw new DomainError('NotAMember', {});
    const before = await stores.attachments.get(attachmentId, nowMs);
    if (before !== null) {
      const isSame =
        before.device_id === session.id && before.group_id === groupId && before.length_bytes === lengthBytes;
      if (isSame) return;
      throw invalidField('attachmentId', 'is taken');
    }
    // Also locks out another request of the account, so that two do not share what room is left.
    await enforceLimit(deps, stores, 'attachmentsPerAccount', accountSubject(deps.keys, account.id));
    if ((await stores.attachments.bytesOf(account.id, nowMs)) + lengthBytes > attachmentLimits.accountBytes)
      throw new DomainError('AttachmentSpaceFull', { limitBytes: attachmentLimits.accountBytes });
    const isAdded = await stores.attachments.add({
      id: attachmentId,
      group_id: groupId,
      account_id: account.id,
      device_id: session.id,
      length_bytes: lengthBytes,
      created_at_ms: nowMs,
      completed_at_ms: null,
      expires_at_ms: nowMs + uploadMs,
    });
    if (!isAdded) throw invalidField('attachmentId', 'is taken');
  });
}
