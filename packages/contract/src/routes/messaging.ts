import { Type } from 'typebox';
import {
  ClaimedDevice,
  commitLimits,
  GroupRole,
  GroupView,
  keyPackageLimits,
  SignedDeviceListView,
} from '../messaging-views.ts';
import { PersonView } from '../recovery-views.ts';
import { route } from '../route.ts';
import { Bytes, BytesUpTo, Exact, HexkeyId, Nullable, TimeMs, Uuid } from '../schemas.ts';

const Epoch = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const KeyPackage = BytesUpTo(keyPackageLimits.lengthBytes);
const Group = Exact({ groupId: Uuid });

/** A commit of its sender and what goes with it, all made by `GroupCrypto`. */
const CommitParts = {
  /** MLSMessage with a PublicMessage (RFC 9420 section 6.2): the server reads from it who comes and goes. */
  commit: BytesUpTo(commitLimits.commitBytes),
  /** MLSMessage with a Welcome; null when nobody is added. */
  welcome: Nullable(BytesUpTo(commitLimits.welcomeBytes)),
  /** MLSMessage with the GroupInfo of the epoch that begins. */
  groupInfo: BytesUpTo(commitLimits.groupInfoBytes),
};

/** Replaces the one of last resort; the others are added to what is there, of which the oldest go beyond 100. */
export const publishKeyPackages = route({
  name: 'publishKeyPackages',
  summary: 'Key packages of this device, by which others add it to groups',
  method: 'POST',
  path: '/api/v1/devices/key-packages',
  access: 'full',
  bodyLimitBytes: 160 * 1024,
  body: Exact({
    keyPackages: Type.Array(KeyPackage, { maxItems: keyPackageLimits.published }),
    lastResort: Nullable(KeyPackage),
  }),
  /** How many one-time packages of the device are there. */
  answer: Exact({ left: Type.Integer({ minimum: 0 }) }),
});

/**
 * One of each device, each given once. By Hexkey ID anybody; by account the caller's own, contacts, and whoever shares a group with the
 * caller or asks to join one of its groups. A stranger who is not let through gets those of last resort, and no other difference.
 */
export const claimKeyPackages = route({
  name: 'claimKeyPackages',
  summary: 'A key package of each device of a person',
  method: 'POST',
  path: '/api/v1/key-packages/claim',
  access: 'full',
  body: Type.Union([Exact({ hexkeyId: HexkeyId }), Exact({ accountId: Uuid })]),
  answer: Exact({
    accountId: Uuid,
    person: PersonView,
    /** Null before the person has entered the PIN in a version that makes one. */
    deviceList: Nullable(SignedDeviceListView),
    devices: Type.Array(ClaimedDevice),
  }),
});

/** The same request again, from the same device, answers the same. */
export const createGroup = route({
  name: 'createGroup',
  summary: 'Begins a conversation with its first commit',
  method: 'POST',
  path: '/api/v1/groups',
  access: 'full',
  bodyLimitBytes: commitLimits.bodyBytes,
  body: Exact({
    /** Made by the client. */
    groupId: Uuid,
    kind: Type.Union([Type.Literal('direct'), Type.Literal('group')]),
    /** Of a direct conversation, else null. */
    peerAccountId: Nullable(Uuid),
    clientMessageId: Uuid,
    ...CommitParts,
  }),
  answer: Exact({ epoch: Epoch, sentAtMs: TimeMs }),
});

export const commitToGroup = route({
  name: 'commitToGroup',
  summary: 'The next commit of a group, taken when nobody was faster',
  method: 'POST',
  path: '/api/v1/groups/commit',
  access: 'full',
  bodyLimitBytes: commitLimits.bodyBytes,
  body: Exact({
    groupId: Uuid,
    clientMessageId: Uuid,
    /** The epoch it was made in. */
    epoch: Epoch,
    ...CommitParts,
  }),
  /** The epoch that begins with it. */
  answer: Exact({ epoch: Epoch, sentAtMs: TimeMs }),
});

/** For a device of a member account: an external commit takes it in (RFC 9420 section 12.4.3.2). */
export const getGroupInfo = route({
  name: 'getGroupInfo',
  summary: 'The GroupInfo of a group that the account is a member of',
  method: 'GET',
  path: '/api/v1/groups/info',
  access: 'full',
  query: Group,
  answer: Exact({ epoch: Epoch, groupInfo: BytesUpTo(commitLimits.groupInfoBytes) }),
});

export const listGroups = route({
  name: 'listGroups',
  summary: 'Every group the account is a member of',
  method: 'GET',
  path: '/api/v1/groups',
  access: 'full',
  answer: Exact({ groups: Type.Array(GroupView) }),
});

/** By the owner. `owner` hands the group over: the owner before is an admin then. */
export const setGroupRole = route({
  name: 'setGroupRole',
  summary: 'Changes the role of a member',
  method: 'PUT',
  path: '/api/v1/groups/role',
  access: 'full',
  body: Exact({ groupId: Uuid, accountId: Uuid, role: GroupRole }),
});

/** Out at once; the leaves stay until a member commits their removal. */
export const leaveGroup = route({
  name: 'leaveGroup',
  summary: 'Takes the account out of a group',
  method: 'POST',
  path: '/api/v1/groups/leave',
  access: 'full',
  body: Group,
});

/** The link before stops working. The server keeps the hash of a token it never saw. */
export const createInvite = route({
  name: 'createInvite',
  summary: 'An invite link of a group',
  method: 'PUT',
  path: '/api/v1/groups/invite',
  access: 'full',
  body: Exact({
    groupId: Uuid,
    /** SHA-256 of the token in the link. */
    tokenHash: Bytes(32),
  }),
});

export const revokeInvite = route({
  name: 'revokeInvite',
  summary: 'Ends the invite link of a group, and what was asked for with it',
  method: 'POST',
  path: '/api/v1/groups/invite/revoke',
  access: 'full',
  body: Group,
});

/** Owner and admins are told. Asking again, or as a member, changes nothing. */
export const requestToJoin = route({
  name: 'requestToJoin',
  summary: 'Asks to be let into the group of an invite link',
  method: 'POST',
  path: '/api/v1/groups/join-requests',
  access: 'full',
  body: Exact({ token: Bytes(16) }),
  answer: Group,
});

export const listJoinRequests = route({
  name: 'listJoinRequests',
  summary: 'Who asks to be let in',
  method: 'GET',
  path: '/api/v1/groups/join-requests',
  access: 'full',
  query: Group,
  answer: Exact({
    requests: Type.Array(Exact({ accountId: Uuid, person: PersonView, requestedAtMs: TimeMs })),
  }),
});

/** Approved: the person's key packages may be claimed by account, and a commit that adds them lets them in. */
export const answerJoinRequest = route({
  name: 'answerJoinRequest',
  summary: 'Approves or refuses somebody who asks to be let in',
  method: 'POST',
  path: '/api/v1/groups/join-requests/answer',
  access: 'full',
  body: Exact({ groupId: Uuid, accountId: Uuid, approve: Type.Boolean() }),
});

/** Accounts that share no group with the caller are left out. */
export const listPeopleOfGroups = route({
  name: 'listPeopleOfGroups',
  summary: 'Who the members of groups are',
  method: 'POST',
  path: '/api/v1/groups/people',
  access: 'full',
  body: Exact({ accountIds: Type.Array(Uuid, { minItems: 1, maxItems: 100, uniqueItems: true }) }),
  answer: Exact({ people: Type.Array(Exact({ accountId: Uuid, person: PersonView })) }),
});
