import { isIPv6 } from 'node:net';
import { toHex } from '@hexkey/protocol';
import { keyedHash } from '../keys/keyed-hash.ts';
import type { ServerKeys } from '../keys/server-keys.ts';

type Keys = Pick<ServerKeys, 'lookup'>;

/** Whoever calls from a network: an IPv4 address, or the /64 that one IPv6 customer holds. Stored as a keyed hash. */
export function addressSubject({ lookup }: Keys, address: string): Uint8Array {
  return keyedHash(lookup, 'limit: address', networkOf(address));
}

/** A number as asked for or shown at one address. @param phoneHash of `phoneHash` */
export function numberAtAddress({ lookup }: Keys, phoneHash: Uint8Array, address: string): Uint8Array {
  return keyedHash(lookup, 'limit: number at address', toHex(phoneHash), networkOf(address));
}

export function sessionSubject({ lookup }: Keys, sessionId: string): Uint8Array {
  return keyedHash(lookup, 'limit: session', sessionId);
}

export function accountSubject({ lookup }: Keys, accountId: string): Uint8Array {
  return keyedHash(lookup, 'limit: account', accountId);
}

/** One account towards another. */
export function pairSubject({ lookup }: Keys, ownId: string, otherId: string): Uint8Array {
  return keyedHash(lookup, 'limit: pair', ownId, otherId);
}

export function ticketSubject({ lookup }: Keys, ticketId: string): Uint8Array {
  return keyedHash(lookup, 'limit: ticket', ticketId);
}

/** A help article as read at one address. */
export function articleAtAddress({ lookup }: Keys, articleId: string, address: string): Uint8Array {
  return keyedHash(lookup, 'limit: help article at address', articleId, networkOf(address));
}

/** Everybody together. */
export function everybody({ lookup }: Keys): Uint8Array {
  return keyedHash(lookup, 'limit: everybody');
}

/** `2001:db8:0:1::7` belongs to `2001:db8:0:1`; `::ffff:192.0.2.1` is IPv4. RFC 4291 sections 2.2 and 2.5.5.2. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address);
  if (mapped !== null) return mapped[1] as string;
  const [head = '', tail = ''] = (address.split('%')[0] as string).split('::');
  const groupsOf = (part: string) => (part === '' ? [] : part.split(':'));
  const [front, back] = [groupsOf(head), groupsOf(tail)];
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  const groups = address.includes('::') ? [...front, ...zeros, ...back] : front;
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
