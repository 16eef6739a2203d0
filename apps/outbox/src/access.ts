import { createHash, timingSafeEqual } from 'node:crypto';
import type { Random, Secret } from '@hexkey/protocol';
import { toBase64url } from '@hexkey/protocol';

/**
 * Who may read the outbox: a program by its bearer token, a browser by a session that the token opened. The cookie is
 * not the token, because browsers send cookies of one port of a host to its other ports too.
 */
export interface Access {
  allowsToken(offered: string): boolean;
  allowsBearer(authorization: string | undefined): boolean;
  allowsCookie(cookies: string | undefined): boolean;
  /** @returns the value of `Set-Cookie` */
  openSession(): string;
}

const cookieName = 'hexkey-outbox';

export function outboxAccess(token: Secret<string>, random: Random): Access {
  const session = toBase64url(random(32));
  const allowsToken = (offered: string) => sameText(offered, token.reveal());
  return {
    allowsToken,
    allowsBearer: (authorization) => {
      const offered = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
      return offered !== undefined && allowsToken(offered);
    },
    allowsCookie: (cookies) => {
      const pairs = (cookies ?? '').split(';').map((pair) => pair.trim());
      const offered = pairs.find((pair) => pair.startsWith(`${cookieName}=`));
      return offered !== undefined && sameText(offered.slice(cookieName.length + 1), session);
    },
    openSession: () => `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`,
  };
}

/** Compares hashes, so that neither length nor content shows in the time taken. */
function sameText(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}
