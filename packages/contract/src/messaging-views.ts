import { type Static, Type } from 'typebox';
import { BytesUpTo, Ed25519Signature, Exact, Uuid } from './schemas.ts';

/** A device list as docs/protocol/messaging.md section 1 signs it. Clients verify it themselves. */
export const SignedDeviceListView = Exact({ list: BytesUpTo(2048), signature: Ed25519Signature });

export type SignedDeviceListView = Static<typeof SignedDeviceListView>;

/** What one request may hold; a whole one stays below the 1 MiB of the front door. */
export const commitLimits = {
  commitBytes: 64 * 1024,
  welcomeBytes: 320 * 1024,
  groupInfoBytes: 320 * 1024,
  bodyBytes: 960 * 1024,
} as const;

/** `published`: one-time packages in one request; `kept`: of one device. They serve for 28 days. */
export const keyPackageLimits = { lengthBytes: 2048, published: 50, kept: 100 } as const;

/** Accounts in one group. */
export const maxGroupMembers = 256;

export const GroupRole = Type.Union([Type.Literal('owner'), Type.Literal('admin'), Type.Literal('member')]);

/** A key package of one device: an MLSMessage (RFC 9420 section 10). */
export const ClaimedDevice = Exact({ deviceId: Uuid, keyPackage: BytesUpTo(keyPackageLimits.lengthBytes) });

/**
 * A group as its members see it. `left` and `deleted`: the account is out, and its leaves wait for their removal, which any
 * member may commit.
 */
export const GroupView = Exact({
  groupId: Uuid,
  kind: Type.Union([Type.Literal('direct'), Type.Literal('group')]),
  epoch: Type.Integer({ minimum: 0 }),
  /** In a direct conversation both are members. */
  members: Type.Array(
    Exact({
      accountId: Uuid,
      role: GroupRole,
      state: Type.Union([Type.Literal('in'), Type.Literal('left'), Type.Literal('deleted')]),
    }),
  ),
  /** Whether the calling device has a leaf. */
  isDeviceIn: Type.Boolean(),
});
export type GroupView = Static<typeof GroupView>;
