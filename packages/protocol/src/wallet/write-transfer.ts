import { concatBytes, equalBytes, utf8 } from '../encoding/bytes.ts';
import { walletProgramAddress } from './solana-programs.ts';

/** One transfer of a wallet, as `readTransfer` reads it again. Addresses have 32 bytes, amounts are raw units below 2^64. */
export interface NewTransfer {
  readonly wallet: Uint8Array;
  readonly recentBlockhash: Uint8Array;
  readonly payment:
    | { readonly asset: 'sol'; readonly destination: Uint8Array; readonly amount: bigint }
    | {
        readonly asset: 'token';
        readonly program: 'token' | 'token-2022';
        readonly mint: Uint8Array;
        readonly source: Uint8Array;
        readonly destination: Uint8Array;
        readonly amount: bigint;
        readonly decimals: number;
        /** Whose associated account `destination` is, where it is to be made; null where it exists. */
        readonly createFor: Uint8Array | null;
      };
  readonly memo: string | null;
  /** Null leaves both to the ledger. */
  readonly compute: { readonly unitLimit: number; readonly unitPriceMicroLamports: bigint } | null;
}

interface Account {
  readonly address: Uint8Array;
  readonly isWritable: boolean;
}

interface Instruction {
  readonly program: Uint8Array;
  readonly accounts: readonly Account[];
  readonly data: Uint8Array;
}

/**
 * A legacy Solana message (Solana, "Transactions: message format"): header, account addresses, blockhash, instructions. The wallet signs and pays; the
 * accounts that are written come before those that are read.
 */
export function writeTransfer(transfer: NewTransfer): Uint8Array<ArrayBuffer> {
  const instructions = instructionsOf(transfer);
  const accounts = gather(transfer.wallet, instructions);
  const readOnly = accounts.filter(({ isWritable }) => !isWritable).length;
  const placeOf = (address: Uint8Array) =>
    accounts.findIndex((account) => equalBytes(account.address, address));
  return concatBytes(
    Uint8Array.of(1, 0, readOnly),
    list(accounts.map(({ address }) => address)),
    transfer.recentBlockhash,
    list(
      instructions.map(({ program, accounts: used, data }) =>
        concatBytes(
          Uint8Array.of(placeOf(program)),
          list(used.map(({ address }) => Uint8Array.of(placeOf(address)))),
          compactLength(data.length),
          data,
        ),
      ),
    ),
  );
}

/** As the ledger takes it: the wallet's one signature, then the message. */
export function signedTransfer(signature: Uint8Array, message: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(Uint8Array.of(1), signature, message);
}

function instructionsOf({ wallet, payment, memo, compute }: NewTransfer): readonly Instruction[] {
  return [
    ...(compute === null ? [] : computeBudget(compute)),
    ...(payment.asset === 'sol' ? [systemTransfer(wallet, payment)] : tokenTransfer(wallet, payment)),
    ...(memo === null ? [] : [{ program: walletProgramAddress('memo'), accounts: [], data: utf8(memo) }]),
  ];
}

/** Compute budget program: `SetComputeUnitLimit` (u8 2, u32) and `SetComputeUnitPrice` (u8 3, u64). */
function computeBudget({
  unitLimit,
  unitPriceMicroLamports,
}: NonNullable<NewTransfer['compute']>): Instruction[] {
  const program = walletProgramAddress('compute-budget');
  const data = [
    concatBytes(Uint8Array.of(2), littleEndian(BigInt(unitLimit), 4)),
    concatBytes(Uint8Array.of(3), littleEndian(unitPriceMicroLamports, 8)),
  ];
  return data.map((each) => ({ program, accounts: [], data: each }));
}

/** System program: `Transfer` (u32 2, u64 lamports). */
function systemTransfer(
  wallet: Uint8Array,
  { destination, amount }: Extract<NewTransfer['payment'], { asset: 'sol' }>,
): Instruction {
  return {
    program: walletProgramAddress('system'),
    accounts: [written(wallet), written(destination)],
    data: concatBytes(littleEndian(2n, 4), littleEndian(amount, 8)),
  };
}

/** Associated token account program: `CreateIdempotent` (u8 1); token programs: `TransferChecked` (u8 12, u64 amount, u8 decimals). */
function tokenTransfer(
  wallet: Uint8Array,
  payment: Extract<NewTransfer['payment'], { asset: 'token' }>,
): readonly Instruction[] {
  const { source, destination, mint, amount, decimals, createFor } = payment;
  const program = walletProgramAddress(payment.program);
  const create = (owner: Uint8Array): Instruction => ({
    program: walletProgramAddress('associated-token'),
    accounts: [
      written(wallet),
      written(destination),
      read(owner),
      read(mint),
      read(walletProgramAddress('system')),
      read(program),
    ],
    data: Uint8Array.of(1),
  });
  const transfer: Instruction = {
    program,
    accounts: [written(source), read(mint), written(destination), read(wallet)],
    data: concatBytes(Uint8Array.of(12), littleEndian(amount, 8), Uint8Array.of(decimals)),
  };
  return createFor === null ? [transfer] : [create(createFor), transfer];
}

/** Each once, the wallet first, then what is written. What is written once is writable in all of the message. */
function gather(wallet: Uint8Array, instructions: readonly Instruction[]): readonly Account[] {
  const used = instructions.flatMap(({ program, accounts }) => [...accounts, read(program)]);
  const accounts: Account[] = [written(wallet)];
  for (const isWritable of [true, false])
    for (const account of used)
      if (
        account.isWritable === isWritable &&
        !accounts.some((each) => equalBytes(each.address, account.address))
      )
        accounts.push(account);
  return accounts;
}

const written = (address: Uint8Array): Account => ({ address, isWritable: true });
const read = (address: Uint8Array): Account => ({ address, isWritable: false });
const list = (items: readonly Uint8Array[]) => concatBytes(compactLength(items.length), ...items);

/** Solana's compact-u16: seven bits a byte, the low ones first. */
function compactLength(length: number): Uint8Array {
  return length < 128 ? Uint8Array.of(length) : Uint8Array.of((length & 0x7f) | 0x80, length >> 7);
}

function littleEndian(value: bigint, lengthBytes: number): Uint8Array {
  return Uint8Array.from({ length: lengthBytes }, (_, place) => Number((value >> BigInt(8 * place)) & 0xffn));
}
