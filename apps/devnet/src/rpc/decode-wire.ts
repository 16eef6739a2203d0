import { getBase58Encoder } from '@solana/kit';
import { Type } from 'typebox';
import { MalformedTransaction, maxTransactionBytes } from '../transactions/parse-transaction.ts';
import { invalidParams } from './rpc-error.ts';

export const WireEncoding = Type.Union([Type.Literal('base58'), Type.Literal('base64')]);

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const base58 = /^[1-9A-HJ-NP-Za-km-z]+$/;

/**
 * Reads a transaction or message from its text.
 *
 * @throws {RpcError} -32602, says what is wrong with it
 */
export function decodeWire<T>(
  text: string,
  encoding: 'base58' | 'base64',
  parse: (bytes: Uint8Array) => T,
): T {
  // Base58 takes time with the square of its length.
  if (text.length > maxTransactionBytes * 1.5)
    throw invalidParams(`${encoding} encoded transaction too large: ${text.length} characters`);
  if (!(encoding === 'base64' ? base64 : base58).test(text))
    throw invalidParams(`invalid ${encoding} encoding`);
  const bytes =
    encoding === 'base64' ? Uint8Array.from(Buffer.from(text, 'base64')) : getBase58Encoder().encode(text);
  try {
    return parse(Uint8Array.from(bytes));
  } catch (error) {
    if (!(error instanceof MalformedTransaction)) throw error;
    throw invalidParams(`failed to deserialize transaction: ${error.message}`);
  }
}
