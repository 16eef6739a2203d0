import { type Address, getAddressDecoder } from '@solana/kit';
import type { Account } from '../ledger/account.ts';

export const tokenProgram = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address;
export const token2022Program = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb' as Address;
export const tokenPrograms: readonly Address[] = [tokenProgram, token2022Program];

/** SPL Token `Account`: 165 bytes; in Token-2022 an account type and extensions may follow. */
export interface TokenAccount {
  readonly mint: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly delegate: Address | null;
  readonly state: 'initialized' | 'frozen';
  /** Lamports that stay when this is wrapped SOL; null for other tokens. */
  readonly nativeReserve: bigint | null;
  readonly delegatedAmount: bigint;
  readonly closeAuthority: Address | null;
  readonly extensions: readonly number[] | null;
}

/** SPL Token `Mint`: 82 bytes, padded to 165 in Token-2022 when extensions follow. */
export interface Mint {
  readonly mintAuthority: Address | null;
  readonly supply: bigint;
  readonly decimals: number;
  readonly freezeAuthority: Address | null;
  readonly extensions: readonly number[] | null;
}

const accountBytes = 165;
const mintBytes = 82;
const accountType = { mint: 1, account: 2 } as const;
const addresses = getAddressDecoder();

/** Null for what is no initialized token account. */
export function tokenAccountOf(account: Account | null): TokenAccount | null {
  if (account === null || !tokenPrograms.includes(account.owner)) return null;
  const { data, owner } = account;
  if (!hasLength(data, owner, accountBytes, accountType.account)) return null;
  const view = viewOf(data);
  const state = data[108];
  if (state !== 1 && state !== 2) return null;
  return {
    mint: addressAt(data, 0),
    owner: addressAt(data, 32),
    amount: view.getBigUint64(64, true),
    delegate: optionalAddressAt(data, view, 72),
    state: state === 1 ? 'initialized' : 'frozen',
    nativeReserve: view.getUint32(109, true) === 1 ? view.getBigUint64(113, true) : null,
    delegatedAmount: view.getBigUint64(121, true),
    closeAuthority: optionalAddressAt(data, view, 129),
    extensions: extensionsOf(data, owner),
  };
}

/** Null for what is no initialized mint. */
export function mintOf(account: Account | null): Mint | null {
  if (account === null || !tokenPrograms.includes(account.owner)) return null;
  const { data, owner } = account;
  if (!hasLength(data, owner, mintBytes, accountType.mint)) return null;
  const view = viewOf(data);
  if (data[45] !== 1) return null;
  return {
    mintAuthority: optionalAddressAt(data, view, 0),
    supply: view.getBigUint64(36, true),
    decimals: data[44] ?? 0,
    freezeAuthority: optionalAddressAt(data, view, 46),
    extensions: extensionsOf(data, owner),
  };
}

function hasLength(data: Uint8Array, program: Address, plainBytes: number, type: number): boolean {
  if (data.length === plainBytes) return true;
  return program === token2022Program && data.length > accountBytes && data[accountBytes] === type;
}

/** Types of the extensions (`ExtensionType` of Token-2022); null in the first token program, which has none. */
function extensionsOf(data: Uint8Array, program: Address): readonly number[] | null {
  if (program !== token2022Program) return null;
  const view = viewOf(data);
  const types: number[] = [];
  for (let at = accountBytes + 1; at + 4 <= data.length; ) {
    const type = view.getUint16(at, true);
    if (type === 0) break;
    types.push(type);
    at += 4 + view.getUint16(at + 2, true);
  }
  return types;
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

function addressAt(data: Uint8Array, at: number): Address {
  return addresses.decode(data.subarray(at, at + 32));
}

function optionalAddressAt(data: Uint8Array, view: DataView, at: number): Address | null {
  return view.getUint32(at, true) === 1 ? addressAt(data, at + 4) : null;
}
