import { MalformedError } from '../pin/malformed.ts';
import { cborMap, decodeCbor, encodeCbor } from '../pin/wire/cbor.ts';
import { readMembers } from '../pin/wire/members.ts';
import { uuidOf } from '../socket/frame-values.ts';

const roles = ['owner', 'admin', 'member'] as const;
/** Of an account in a group, in the server's tables. */
export type GroupRole = (typeof roles)[number];

/**
 * What the server says in a group about its own tables, and no device: it changes no keys, and is shown as the server's word
 * (docs/protocol/messaging.md section 4).
 */
export type GroupNotice =
  | { readonly what: 'role'; readonly account: string; readonly role: GroupRole }
  /** Out at once; their leaves stay until somebody commits the removal. */
  | { readonly what: 'left'; readonly account: string }
  /** To owner and admins. */
  | { readonly what: 'join_requested'; readonly account: string }
  /** To everybody: whoever asked by the link is about to be added. */
  | { readonly what: 'join_approved'; readonly account: string }
  | { readonly what: 'deleted'; readonly account: string };

const plainNotices = ['left', 'join_requested', 'join_approved', 'deleted'] as const;

export function encodeNotice(notice: GroupNotice): Uint8Array<ArrayBuffer> {
  return encodeCbor(cborMap({ ...notice }));
}

/** Null for one of a newer server. @throws {MalformedError} */
export function decodeNotice(body: Uint8Array): GroupNotice | null {
  const members = readMembers(decodeCbor(body));
  const what = members.text('what');
  if (what === 'role') {
    const role = roles.find((known) => known === members.value('role'));
    if (role === undefined) throw new MalformedError('role: unknown');
    return { what, account: uuidOf(members.value('account')), role };
  }
  const plain = plainNotices.find((known) => known === what);
  return plain === undefined ? null : { what: plain, account: uuidOf(members.value('account')) };
}
