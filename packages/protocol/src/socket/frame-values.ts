import { MalformedError } from '../pin/malformed.ts';
import type { Members } from '../pin/wire/members.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Ids that one frame names at most. */
const maxIds = 100;

/** @throws {MalformedError} */
export function uuidOf(value: unknown): string {
  if (typeof value !== 'string' || !uuid.test(value)) throw new MalformedError('not a UUID');
  return value;
}

/** @throws {MalformedError} */
export function uuidOrNull(value: unknown): string | null {
  return value === null ? null : uuidOf(value);
}

/** @throws {MalformedError} */
export function uuidsOf(members: Members, name: string): string[] {
  const ids = members.value(name);
  if (!Array.isArray(ids) || ids.length > maxIds) throw new MalformedError(`${name}: not a short list`);
  return ids.map(uuidOf);
}

/** Of any length. @throws {MalformedError} */
export function bytesOf(members: Members, name: string): Uint8Array {
  const bytes = members.value(name);
  if (!(bytes instanceof Uint8Array)) throw new MalformedError(`${name}: not bytes`);
  return bytes;
}

/** CBOR's booleans are no values of the realm protocol, whose codec is used here too: 0 or 1. @throws {MalformedError} */
export function flagOf(members: Members, name: string): boolean {
  const flag = members.integer(name);
  if (flag > 1) throw new MalformedError(`${name}: not 0 or 1`);
  return flag === 1;
}
