import { isIPv6 } from 'node:net';
import { keyedHash } from '../keys/keyed-hash.ts';
import type { ServerKeys } from '../keys/server-keys.ts';

type Keys = Pick<ServerKeys, 'lookup'>;

/** Whoever calls from a network: an IPv4 address, or the /64 that one IPv6 customer holds. Stored as a keyed hash. */
export function addressSubject({ lookup }: Keys, address: string): Uint8Array {
  return keyedHash(lookup, 'limit: address', networkOf(address));
}

export function sessionSubject({ lookup }: Keys, sessionId: string): Uint8Array {
  return keyedHash(lookup, 'limit: session', sessionId);
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
