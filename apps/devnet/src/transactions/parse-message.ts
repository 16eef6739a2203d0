import { MalformedTransaction, type ParsedTransaction, parseTransaction } from './parse-transaction.ts';

const versionBit = 0x80;

/** A message by itself, as a transaction that nobody has signed. @throws {MalformedTransaction} */
export function parseMessage(message: Uint8Array): ParsedTransaction {
  const first = message[0] ?? 0;
  const count = (first & versionBit) === 0 ? first : (message[1] ?? 0);
  // One byte of a compact array holds up to 127; more signatures do not fit into a transaction.
  if (count < 1 || count > 127) throw new MalformedTransaction('no signers');
  const wire = new Uint8Array(1 + 64 * count + message.length);
  wire[0] = count;
  wire.set(message, 1 + 64 * count);
  return parseTransaction(wire);
}
