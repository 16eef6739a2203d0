import type { PrivateMessage } from 'ts-mls';
import { unprotectPrivateMessage } from 'ts-mls/messageProtection.js';
import { nameOnly } from '../commits/pending-row.ts';
import type { Deps } from '../deps.ts';
import type { Envelope } from '../group-crypto.ts';
import { checkCredentials } from '../identity/roster.ts';
import { clientConfig } from '../mls/client-config.ts';
import { readMessage } from '../mls/message-bytes.ts';
import { groupIdOf } from '../state/group-id.ts';
import { endedEpoch, epochOf, type HeldGroup, isRemoved, type PastEpoch } from '../state/held-group.ts';
import { ratchetChange } from '../state/secret-tree-rows.ts';
import { type Outcome, poison } from './outcome.ts';

/**
 * An application message of the current epoch or one of the kept ones. RFC 9420 section 6.3.
 * @param joiningAfter the epoch in which this device waits to join by an external commit, or null
 */
export async function readMessageEnvelope(
  deps: Deps,
  { groupId, body }: Envelope,
  group: HeldGroup | null,
  joiningAfter: number | null,
): Promise<Outcome> {
  const message = readMessage(body, 'mls_private_message')?.privateMessage;
  if (message === undefined) return poison('not a private message');
  if (groupIdOf(message.groupId) !== groupId) return poison('of another group');
  if (message.contentType !== 'application') return poison('not an application message');
  const epoch = Number(message.epoch);
  if (joiningAfter !== null && epoch > joiningAfter) return { kind: 'future', epoch };
  if (group === null) return poison('no such group');
  if (isRemoved(group)) return poison('removed from the group');
  if (epoch > epochOf(group)) return { kind: 'future', epoch };
  const keys = epoch === epochOf(group) ? endedEpoch(group) : group.past.find((past) => past.epoch === epoch);
  if (keys === undefined) return poison('of an epoch that is too old');
  return open(deps, group, keys, message);
}

async function open(
  deps: Deps,
  group: HeldGroup,
  keys: PastEpoch,
  message: PrivateMessage,
): Promise<Outcome> {
  const { keyRetentionConfig } = clientConfig(checkCredentials(deps.validate), deps.clock);
  const { content, tree } = await unprotectPrivateMessage(
    keys.receiver.senderDataSecret,
    message,
    keys.secretTree,
    keys.receiver.ratchetTree,
    keys.receiver.groupContext,
    keyRetentionConfig,
    deps.suite,
  );
  const { sender } = content.content;
  if (content.content.contentType !== 'application' || sender.senderType !== 'member')
    return poison('not an application message of a member');
  const member = keys.roster.find(({ leafIndex }) => leafIndex === sender.leafIndex);
  if (member === undefined) return poison('of nobody in the group');
  return {
    kind: 'taken',
    result: {
      kind: 'message',
      epoch: keys.epoch,
      sender: nameOnly(member),
      plaintext: content.content.applicationData,
    },
    changes: [ratchetChange(group.groupId, keys.epoch, tree, sender.leafIndex)],
    after: withSecretTree(group, { ...keys, secretTree: tree }),
  };
}

function withSecretTree(group: HeldGroup, { epoch, secretTree }: PastEpoch): HeldGroup {
  if (epoch === epochOf(group)) return { ...group, state: { ...group.state, secretTree } };
  return {
    ...group,
    past: group.past.map((past) => (past.epoch === epoch ? { ...past, secretTree } : past)),
  };
}
