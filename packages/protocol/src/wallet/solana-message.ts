import { equalBytes } from '../encoding/bytes.ts';

/** One instruction with its places in the account list replaced by the accounts. */
export interface SolanaInstruction {
  /** 32 bytes. */
  readonly program: Uint8Array;
  /** Places in `SolanaMessage.accounts`. */
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
}

/** A message of a transaction: what its signers sign. */
export interface SolanaMessage {
  readonly version: 'legacy' | 0;
  readonly requiredSignatures: number;
  /** 32 bytes each, no two equal; the first pays the fee. */
  readonly accounts: readonly Uint8Array[];
  /** 32 bytes. */
  readonly recentBlockhash: Uint8Array;
  readonly instructions: readonly SolanaInstruction[];
}

/** Why bytes are no message of a kind the wallet signs. */
export type MessageFault = 'malformed' | 'version' | 'address-tables';

/** A packet has 1232 bytes; one signature and its count take 65 of them. */
export const maxMessageBytes = 1232 - 65;

const keyBytes = 32;
const versionFlag = 0x80;

/**
 * Reads a legacy or version-0 message without address tables, to the last byte and in its only encoding. Source: the Solana transaction
 * format (`solana-message` 2.x, `legacy::Message` and `v0::Message`; compact-u16 of `solana-short-vec`).
 */
export function readSolanaMessage(bytes: Uint8Array): SolanaMessage | MessageFault {
  if (bytes.length > maxMessageBytes) return 'malformed';
  const reader = new ByteReader(bytes);
  try {
    return readMessage(reader, bytes);
  } catch (error) {
    if (error instanceof EndOfBytes) return 'malformed';
    throw error;
  }
}

function readMessage(reader: ByteReader, bytes: Uint8Array): SolanaMessage | MessageFault {
  const first = bytes[0] ?? 0;
  const isVersioned = first >= versionFlag;
  if (isVersioned && reader.byte() !== versionFlag) return 'version';
  const requiredSignatures = reader.byte();
  const readonlySigned = reader.byte();
  const readonlyUnsigned = reader.byte();
  const accounts = reader.list(() => reader.take(keyBytes));
  if (requiredSignatures === 0 || readonlySigned >= requiredSignatures) return 'malformed';
  if (requiredSignatures + readonlyUnsigned > accounts.length || hasRepeated(accounts)) return 'malformed';
  const recentBlockhash = reader.take(keyBytes);
  const compiled = reader.list(() => ({
    program: reader.byte(),
    accounts: reader.list(() => reader.byte()),
    data: reader.take(reader.compactU16()),
  }));
  if (isVersioned && reader.compactU16() !== 0) return 'address-tables';
  if (!reader.isAtEnd()) return 'malformed';

  const instructions: SolanaInstruction[] = [];
  for (const { program: place, accounts: places, data } of compiled) {
    const program = accounts[place];
    // The fee payer cannot be a program.
    if (place === 0 || program === undefined || places.some((each) => each >= accounts.length))
      return 'malformed';
    instructions.push({ program, accounts: places, data });
  }
  return {
    version: isVersioned ? 0 : 'legacy',
    requiredSignatures,
    accounts,
    recentBlockhash,
    instructions,
  };
}

function hasRepeated(keys: readonly Uint8Array[]): boolean {
  return keys.some((key, place) => keys.slice(place + 1).some((other) => equalBytes(key, other)));
}

/** The bytes end too early, or say one thing in another way than the shortest. */
class EndOfBytes extends Error {}

class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }
  byte(): number {
    return this.take(1)[0] as number;
  }
  take(lengthBytes: number): Uint8Array {
    const end = this.#offset + lengthBytes;
    if (end > this.#bytes.length) throw new EndOfBytes();
    const taken = this.#bytes.slice(this.#offset, end);
    this.#offset = end;
    return taken;
  }
  /** Seven bits a byte, the lowest first, at most three bytes, in the shortest form. */
  compactU16(): number {
    let value = 0;
    for (let place = 0; place < 3; place += 1) {
      const byte = this.byte();
      if (place > 0 && byte === 0) throw new EndOfBytes();
      value |= (byte & 0x7f) << (7 * place);
      if (byte < 0x80) {
        if (value > 0xffff) throw new EndOfBytes();
        return value;
      }
    }
    throw new EndOfBytes();
  }
  list<T>(read: () => T): T[] {
    const count = this.compactU16();
    // Each item takes a byte at least: a count that cannot be is found out before anything is allocated for it.
    if (count > this.#bytes.length - this.#offset) throw new EndOfBytes();
    return Array.from({ length: count }, read);
  }
}
