import { readGroupInfo, readPublicCommit, readWelcome } from '@hexkey/group-crypto/inspect';
import { type DeviceCredential, MalformedError, readCredential, verifyCredential } from '@hexkey/protocol';
import { invalidField, readBytes } from '../field-bytes.ts';

/** What a commit does, read from its bytes: the client declares nothing (docs/protocol/messaging.md section 3). */
export interface CommitDelta {
  readonly groupId: string;
  /** The epoch it is made in. */
  readonly epoch: number;
  /** The leaf of a member, or the device that joins by the commit itself. */
  readonly committer: { readonly leafIndex: number } | { readonly joiner: CommittedDevice };
  /** In the order of the commit. */
  readonly added: readonly CommittedDevice[];
  readonly removedLeaves: readonly number[];
}

export interface CommittedDevice {
  readonly accountId: string;
  readonly deviceId: string;
}

/** A commit with what goes with it, as bytes and as what they say. */
export interface ReadCommit {
  readonly delta: CommitDelta;
  readonly commit: Uint8Array;
  readonly welcome: Uint8Array | null;
  readonly groupInfo: Uint8Array;
  /** By leaf index: who sits there in the epoch that begins. */
  readonly seats: ReadonlyMap<number, CommittedDevice>;
}

/**
 * Reads what a client hands in. The server cannot check a commit, which takes the group's secrets; it refuses what honest members would
 * refuse at a glance, so that such a commit uses up no epoch.
 * @throws {DomainError} `InvalidField` (commit, welcome, groupInfo)
 */
export function readCommit(
  groupId: string,
  body: { readonly commit: string; readonly welcome: string | null; readonly groupInfo: string },
): ReadCommit {
  const commit = readBytes(body.commit, 'commit');
  const summary = readPublicCommit(commit);
  if (summary === null || summary.groupId !== groupId)
    throw invalidField('commit', 'not a commit of this group');
  if (!summary.isPlain) throw invalidField('commit', 'does more than adding and removing');
  const { epoch, sender, removedLeaves } = summary;
  const committer =
    sender.kind === 'member' ? { leafIndex: sender.leafIndex } : { joiner: deviceOf(sender.joiner) };
  const delta = { groupId, epoch, committer, added: summary.added.map(deviceOf), removedLeaves };
  const groupInfo = readBytes(body.groupInfo, 'groupInfo');
  return {
    delta,
    commit,
    welcome: welcomeOf(body.welcome, delta),
    groupInfo,
    seats: seatsOf(groupInfo, delta),
  };
}

/** A device that no account's key has signed would be refused by every member. */
function deviceOf(leaf: {
  readonly identity: Uint8Array;
  readonly signatureKey: Uint8Array;
}): CommittedDevice {
  const credential = verifyCredential(leaf.identity, leaf.signatureKey);
  if (credential === null) throw invalidField('commit', 'a device without a valid credential');
  const { accountId, deviceId } = credential;
  return { accountId, deviceId };
}

function welcomeOf(text: string | null, { added }: CommitDelta): Uint8Array | null {
  const welcome = text === null ? null : readBytes(text, 'welcome');
  const count = welcome === null ? 0 : readWelcome(welcome)?.count;
  if (count !== added.length) throw invalidField('welcome', 'is not for those who are added');
  return welcome;
}

function seatsOf(groupInfo: Uint8Array, { groupId, epoch }: CommitDelta): Map<number, CommittedDevice> {
  const summary = readGroupInfo(groupInfo);
  if (summary === null || summary.groupId !== groupId || summary.epoch !== epoch + 1)
    throw invalidField('groupInfo', 'not of the epoch that begins');
  return new Map(summary.members.map(({ leafIndex, identity }) => [leafIndex, seatOf(identity)]));
}

function seatOf(identity: Uint8Array): CommittedDevice {
  let credential: DeviceCredential;
  try {
    credential = readCredential(identity);
  } catch (error) {
    if (error instanceof MalformedError) throw invalidField('groupInfo', 'a leaf without a credential');
    throw error;
  }
  return { accountId: credential.accountId, deviceId: credential.deviceId };
}
