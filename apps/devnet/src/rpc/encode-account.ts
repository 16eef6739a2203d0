import { type Address, getBase58Decoder } from '@solana/kit';
import { Type } from 'typebox';
import type { Account } from '../ledger/account.ts';
import { parseTokenData } from '../tokens/parse-token-data.ts';
import { tokenAccountOf } from '../tokens/token-layout.ts';
import { Optional, Unsigned } from './params.ts';
import { invalidParams, RpcError } from './rpc-error.ts';

export const AccountEncoding = Type.Union([
  Type.Literal('base58'),
  Type.Literal('base64'),
  Type.Literal('jsonParsed'),
]);
export type Encoding = 'base58' | 'base64' | 'jsonParsed';

export const accountSettings = {
  encoding: Optional(Type.Union([AccountEncoding, Type.Null()])),
  dataSlice: Optional(Type.Union([Type.Object({ offset: Unsigned, length: Unsigned }), Type.Null()])),
};

export interface AccountSettings {
  readonly encoding?: Encoding | null;
  readonly dataSlice?: { readonly offset: number; readonly length: number } | null;
}

/** Rent is no longer collected: every account is exempt (Agave, `RENT_EXEMPT_RENT_EPOCH`). */
const rentEpoch = 18_446_744_073_709_551_615n;
const maxBase58Bytes = 128;

/**
 * An account as Solana's RPC writes it (Agave, account-decoder `encode_ui_account`).
 *
 * @param accountAt finds the mint of a token account
 * @throws {RpcError} -32600 too long for base58
 */
export function encodeAccount(
  account: Account,
  { encoding, dataSlice }: AccountSettings,
  accountAt: (address: Address) => Account | null,
): object {
  return {
    lamports: account.lamports,
    owner: account.owner,
    executable: account.executable,
    rentEpoch,
    space: account.data.length,
    data: encodeData(account, encoding ?? null, dataSlice ?? null, accountAt),
  };
}

function encodeData(
  account: Account,
  encoding: Encoding | null,
  slice: { readonly offset: number; readonly length: number } | null,
  accountAt: (address: Address) => Account | null,
): unknown {
  if (encoding === 'jsonParsed') {
    if (slice !== null) throw invalidParams('Invalid params: dataSlice goes with base58 and base64 only');
    const mint = tokenAccountOf(account)?.mint;
    const parsed = parseTokenData(account, mint === undefined ? null : accountAt(mint));
    if (parsed !== null) return parsed;
  }
  const data = slice === null ? account.data : account.data.slice(slice.offset, slice.offset + slice.length);
  if (encoding === 'base64' || encoding === 'jsonParsed')
    return [Buffer.from(data).toString('base64'), 'base64'];
  if (data.length > maxBase58Bytes)
    throw new RpcError(
      'invalidRequest',
      'Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding.',
    );
  const text = getBase58Decoder().decode(data);
  // Without an encoding the answer is the bare text, as it always was.
  return encoding === 'base58' ? [text, 'base58'] : text;
}
