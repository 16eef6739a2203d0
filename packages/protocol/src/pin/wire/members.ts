import { MalformedError } from '../malformed.ts';

const uint16Max = 0xffff;
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Reads the members of a decoded CBOR map by name, each with its type. Every reader throws `MalformedError`.
 * A class, because a node makes one for every map of every request.
 */
export class Members {
  readonly #map: ReadonlyMap<unknown, unknown>;
  constructor(map: ReadonlyMap<unknown, unknown>) {
    this.#map = map;
  }
  bytes(name: string, lengthBytes: number): Uint8Array {
    const octets = this.#map.get(name);
    if (!(octets instanceof Uint8Array) || octets.length !== lengthBytes)
      throw new MalformedError(`${name}: not ${lengthBytes} bytes`);
    return octets;
  }
  bytesOrNull(name: string, lengthBytes: number): Uint8Array | null {
    return this.#map.get(name) === null ? null : this.bytes(name, lengthBytes);
  }
  uint16(name: string): number {
    return this.#integerUpTo(name, uint16Max);
  }
  /** A safe non-negative integer. */
  integer(name: string): number {
    return this.#integerUpTo(name, Number.MAX_SAFE_INTEGER);
  }
  integerOrNull(name: string): number | null {
    return this.#map.get(name) === null ? null : this.integer(name);
  }
  text(name: string): string {
    const text = this.#map.get(name);
    if (typeof text !== 'string') throw new MalformedError(`${name}: not a text`);
    return text;
  }
  /** A random UUID (RFC 9562 section 5.4) as text in lower case. */
  uuid(name: string): string {
    const text = this.text(name);
    if (!uuidForm.test(text)) throw new MalformedError(`${name}: not a UUID`);
    return text;
  }
  value(name: string): unknown {
    return this.#map.get(name);
  }
  has(name: string): boolean {
    return this.#map.has(name);
  }
  #integerUpTo(name: string, max: number): number {
    const number = this.#map.get(name);
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0 || number > max)
      throw new MalformedError(`${name}: not an integer in range`);
    return number;
  }
}

/**
 * @param names when given, the only names the map may have: requests are read strictly, answers leniently, so that
 *   an older client still understands a newer node
 * @throws {MalformedError}
 */
export function readMembers(value: unknown, names?: readonly string[]): Members {
  if (!(value instanceof Map)) throw new MalformedError('not a map');
  if (names !== undefined)
    for (const key of value.keys())
      if (typeof key !== 'string' || !names.includes(key)) throw new MalformedError('unknown member');
  return new Members(value);
}
