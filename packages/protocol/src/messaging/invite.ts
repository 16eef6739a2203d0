import { sha256 } from '@noble/hashes/sha2.js';
import { textOf, utf8 } from '../encoding/bytes.ts';
import { fromBase64url, toBase64url } from '../encoding/text.ts';
import { MalformedError } from '../pin/malformed.ts';

/** What an invite link of a group says. Whoever has the link may ask to be let in. */
export interface GroupInvite {
  /** 16 random bytes; the server keeps their hash only. */
  readonly token: Uint8Array;
  /** In the link's fragment, which no browser sends: the server does not learn it. */
  readonly groupName: string;
}

const path = '/g';
const tokenLengthBytes = 16;

/** @param origin of the web client, without a trailing slash */
export function inviteLink(origin: string, { token, groupName }: GroupInvite): string {
  return `${origin}${path}#${toBase64url(token)}.${toBase64url(utf8(groupName))}`;
}

/** @param link as it was opened or pasted; its origin is not looked at @throws {MalformedError} */
export function readInviteLink(link: string): GroupInvite {
  const [token = '', name = ''] = link.slice(link.indexOf('#') + 1).split('.');
  try {
    const invite = { token: fromBase64url(token), groupName: textOf(fromBase64url(name)) };
    if (invite.token.length === tokenLengthBytes && link.includes(`${path}#`)) return invite;
  } catch {
    throw new MalformedError('not an invite link');
  }
  throw new MalformedError('not an invite link');
}

/** What the server knows a token by. SHA-256: the token is random, so nothing can be guessed. */
export function inviteTokenHash(token: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(sha256(token));
}
