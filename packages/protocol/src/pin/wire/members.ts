import { MalformedError } from '../malformed.ts';

const uint16Max = 0xffff;

/** Reads the members of a decoded CBOR map by name, each with its type. Every reader throws `MalformedError`. */
export interface Members {
  bytes(name: string, lengthBytes: number): Uint8Array;
  bytesOrNull(name: string, lengthBytes: number): Uint8Array | null;
  uint16(name: string): number;
  /** A safe non-negative integer. */
  integer(name: string): number;
  integerOrNull(name: string): number | null;
  text(name: string): string;
  value(name: string): unknown;
  has(name: string): boolean;
}

/**
 * @param names when given, the only names the map may have: requests are read strictly, answers leniently, so that
 *   an older client still understands a newer node
 * @throws {MalformedError}
 */
export function readMembers(value: unknown, names?: readonly string[]): Members {
  if (!(value instanceof Map)) throw new MalformedError('not a map');
  const map: ReadonlyMap<unknown, unknown> = value;
  if (names !== undefined)
    for (const key of map.keys())
      if (typeof key !== 'string' || !names.includes(key)) throw new MalformedError('unknown member');

  const integer = (name: string, max: number): number => {
    const number = map.get(name);
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0 || number > max)
      throw new MalformedError(`${name}: not an integer in range`);
    return number;
  };
  const bytes = (name: string, lengthBytes: number): Uint8Array => {
    const octets = map.get(name);
    if (!(octets instanceof Uint8Array) || octets.length !== lengthBytes)
      throw new MalformedError(`${name}: not ${lengthBytes} bytes`);
    return octets;
  };
  return {
    bytes,
    bytesOrNull: (name, lengthBytes) => (map.get(name) === null ? null : bytes(name, lengthBytes)),
    uint16: (name) => integer(name, uint16Max),
    integer: (name) => integer(name, Number.MAX_SAFE_INTEGER),
    integerOrNull: (name) => (map.get(name) === null ? null : integer(name, Number.MAX_SAFE_INTEGER)),
    text: (name) => {
      const text = map.get(name);
      if (typeof text !== 'string') throw new MalformedError(`${name}: not a text`);
      return text;
    },
    value: (name) => map.get(name),
    has: (name) => map.has(name),
  };
}
