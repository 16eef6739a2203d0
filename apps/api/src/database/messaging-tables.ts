/** Tables of the delivery service. "Device" is the id of its session. */
export interface MessagingTables {
  key_packages: KeyPackagesTable;
  groups: GroupsTable;
  group_members: GroupMembersTable;
  group_leaves: GroupLeavesTable;
  envelopes: EnvelopesTable;
  envelope_queue: EnvelopeQueueTable;
  sent_ids: SentIdsTable;
  group_invites: GroupInvitesTable;
  join_requests: JoinRequestsTable;
  attachments: AttachmentsTable;
  push_subscriptions: PushSubscriptionsTable;
  attachment_queue: AttachmentQueueTable;
}

export interface KeyPackagesTable {
  id: string;
  account_id: string;
  device_id: string;
  key_package: Uint8Array;
  /** Given to whoever comes when the others are used up, and to strangers who are not let through. */
  is_last_resort: boolean;
  expires_at_ms: number;
}

export interface GroupsTable {
  id: string;
  kind: 'direct' | 'group';
  /** The pair of a direct conversation, the lower id first; null for a group. */
  low_account_id: string | null;
  high_account_id: string | null;
  created_by_device_id: string;
  /** What the next commit must be made in. */
  epoch: number;
  /** GroupInfo of this epoch, for external commits. */
  group_info: Uint8Array;
  /** Of the last envelope: whoever locks the row gives the next one. */
  position: number;
  /** Times of a group's envelopes never fall, also when a clock does. */
  last_sent_at_ms: number;
}

export interface GroupMembersTable {
  group_id: string;
  account_id: string;
  role: 'owner' | 'admin' | 'member';
  /** `refused`: somebody was not let through and added them; they hear nothing. `left`: their leaves wait for removal. */
  state: 'in' | 'refused' | 'left';
}

/** Who sits where in the tree of the group, as its commits said. */
export interface GroupLeavesTable {
  group_id: string;
  leaf_index: number;
  account_id: string;
  device_id: string;
  joined_epoch: number;
  /** Its session has ended: the leaf waits for removal and gets nothing. */
  is_ended: boolean;
}

export interface EnvelopesTable {
  id: string;
  group_id: string;
  kind: 'message' | 'commit' | 'welcome' | 'notice';
  epoch: number;
  sender_account_id: string | null;
  sender_device_id: string | null;
  client_message_id: string | null;
  body: Uint8Array;
  sent_at_ms: number;
  /** Devices that have not acked; the last one deletes. */
  pending: number;
  /** Of those, the ones of other accounts than the sender's: with the last one it is delivered. */
  pending_others: number;
  expires_at_ms: number;
}

export interface EnvelopeQueueTable {
  envelope_id: string;
  device_id: string;
  account_id: string;
  group_id: string;
  sent_at_ms: number;
  position: number;
}

/** What a device sent: the same again answers the same. */
export interface SentIdsTable {
  device_id: string;
  client_message_id: string;
  group_id: string;
  envelope_id: string;
  /** The group's epoch after it. */
  epoch: number;
  sent_at_ms: number;
  /** It goes to nobody else: it never counts as delivered. */
  is_dropped: boolean;
  expires_at_ms: number;
}

export interface GroupInvitesTable {
  group_id: string;
  /** SHA-256 of the token. */
  token_hash: Uint8Array;
  created_at_ms: number;
}

export interface JoinRequestsTable {
  group_id: string;
  account_id: string;
  requested_at_ms: number;
  is_approved: boolean;
  expires_at_ms: number;
}

/** Sealed files; their bytes are in the `BlobStore`. */
export interface AttachmentsTable {
  id: string;
  group_id: string;
  account_id: string;
  device_id: string;
  length_bytes: number;
  created_at_ms: number;
  /** Null while it is uploaded. */
  completed_at_ms: number | null;
  expires_at_ms: number;
}

/** Devices that have not taken an attachment: those that were in the group when its upload ended. */
export interface AttachmentQueueTable {
  attachment_id: string;
  device_id: string;
  account_id: string;
}

/** Where a device can be woken, and whether it is to be. */
export interface PushSubscriptionsTable {
  session_id: string;
  endpoint: string;
  created_at_ms: number;
  /** When its push service is asked next; null: nothing is to be said. */
  due_at_ms: number | null;
  /** Since it became due. */
  tries: number;
  /** It was woken, and has not connected since. */
  is_outstanding: boolean;
}
