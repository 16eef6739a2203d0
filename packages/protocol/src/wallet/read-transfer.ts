import { equalBytes, textOf } from '../encoding/bytes.ts';
import {
  type MessageFault,
  readSolanaMessage,
  type SolanaInstruction,
  type SolanaMessage,
} from './solana-message.ts';
import { walletProgramAt } from './solana-programs.ts';
import { costsOf, type TransferCosts } from './transfer-costs.ts';
import type { CreatedAccount, ReadPayment } from './transfer-parts.ts';

/**
 * Why a message is not signed: bytes that are no message of the two kinds; another signer or fee payer than the wallet; a program or an
 * instruction that is not on the list; one whose accounts or data have not exactly its shape; an authority or payer other than the wallet; more
 * than one transfer; what may be there once twice; a cost beyond 64 bits.
 */
export type NotAllowedReason =
  | MessageFault
  | 'signer'
  | 'program'
  | 'instruction'
  | 'shape'
  | 'authority'
  | 'transfers'
  | 'repeated'
  | 'amount';
export const notAllowedReasons = [
  'malformed',
  'version',
  'address-tables',
  'signer',
  'program',
  'instruction',
  'shape',
  'authority',
  'transfers',
  'repeated',
  'amount',
] as const satisfies readonly NotAllowedReason[];

/** A message as the wallet signs it. */
export interface ReadTransfer {
  readonly version: SolanaMessage['version'];
  readonly recentBlockhash: Uint8Array;
  /** Null when only accounts are made. */
  readonly payment: ReadPayment | null;
  /** The wallet that is paid, as far as the message shows it: a token account may exist already. */
  readonly recipient: Uint8Array | null;
  readonly created: readonly CreatedAccount[];
  readonly memo: string | null;
  readonly costs: TransferCosts;
}

export type TransferReading =
  | { readonly verdict: 'allowed'; readonly transfer: ReadTransfer }
  | { readonly verdict: 'not-allowed'; readonly why: NotAllowedReason };

/**
 * Reads the bytes that a signature would be over. Nodes sign, the account server keeps, and clients show only what this allows
 * (docs/protocol/wallet.md section 4). Any bytes give a verdict; nothing is thrown.
 * @param wallet the only signer, 32 bytes
 */
export function readTransfer(wallet: Uint8Array, bytes: Uint8Array): TransferReading {
  const message = readSolanaMessage(bytes);
  if (typeof message === 'string') return { verdict: 'not-allowed', why: message };
  const payer = message.accounts[0];
  if (message.requiredSignatures !== 1 || payer === undefined || !equalBytes(payer, wallet))
    return { verdict: 'not-allowed', why: 'signer' };
  const parts = { payments: [], created: [], memos: [], unitLimits: [], unitPrices: [] } as Parts;
  for (const instruction of message.instructions) {
    const why = readInstruction(message.accounts, instruction, parts);
    if (why !== null) return { verdict: 'not-allowed', why };
  }
  return judge(message, parts);
}

interface Parts {
  readonly payments: ReadPayment[];
  readonly created: CreatedAccount[];
  readonly memos: string[];
  readonly unitLimits: number[];
  /** Micro-lamports. */
  readonly unitPrices: bigint[];
}

function judge(message: SolanaMessage, parts: Parts): TransferReading {
  const [payment = null, ...more] = parts.payments;
  if (more.length > 0) return { verdict: 'not-allowed', why: 'transfers' };
  if ([parts.memos, parts.unitLimits, parts.unitPrices].some(({ length }) => length > 1))
    return { verdict: 'not-allowed', why: 'repeated' };
  const costs = costsOf({
    payment,
    created: parts.created,
    instructionCount: message.instructions.length,
    unitLimit: parts.unitLimits[0] ?? null,
    unitPriceMicroLamports: parts.unitPrices[0] ?? 0n,
  });
  if (costs === null) return { verdict: 'not-allowed', why: 'amount' };
  const { version, recentBlockhash } = message;
  return {
    verdict: 'allowed',
    transfer: {
      version,
      recentBlockhash,
      payment,
      recipient: recipientOf(payment, parts.created),
      created: parts.created,
      memo: parts.memos[0] ?? null,
      costs,
    },
  };
}

function recipientOf(payment: ReadPayment | null, created: readonly CreatedAccount[]): Uint8Array | null {
  if (payment === null) return null;
  if (payment.asset === 'sol') return payment.destination;
  return created.find(({ account }) => equalBytes(account, payment.destination))?.owner ?? null;
}

/** Adds one instruction to the parts. @returns why it is not allowed, or null */
function readInstruction(
  keys: readonly Uint8Array[],
  instruction: SolanaInstruction,
  parts: Parts,
): NotAllowedReason | null {
  const program = walletProgramAt(instruction.program);
  switch (program) {
    case null:
      return 'program';
    case 'system':
      return readSystem(keys, instruction, parts);
    case 'token':
    case 'token-2022':
      return readToken(program, keys, instruction, parts);
    case 'associated-token':
      return readAssociated(keys, instruction, parts);
    case 'memo':
      return readMemo(instruction, parts);
    case 'compute-budget':
      return readComputeBudget(instruction, parts);
  }
}

/** The wallet is the fee payer, and the fee payer comes first. */
const walletPlace = 0;

/** System program, `Transfer`: u32 2, u64 lamports; from, to. */
function readSystem(
  keys: readonly Uint8Array[],
  { accounts, data }: SolanaInstruction,
  parts: Parts,
): NotAllowedReason | null {
  if (data.length < 4 || littleEndian(data, 0, 4) !== 2n) return 'instruction';
  const [from, to] = accounts;
  if (data.length !== 12 || accounts.length !== 2 || from === undefined || to === undefined) return 'shape';
  if (from !== walletPlace) return 'authority';
  parts.payments.push({
    asset: 'sol',
    destination: keys[to] as Uint8Array,
    amount: littleEndian(data, 4, 8),
  });
  return null;
}

/** Token programs, `TransferChecked`: u8 12, u64 amount, u8 decimals; source, mint, destination, authority. No signers behind it, no hook. */
function readToken(
  program: 'token' | 'token-2022',
  keys: readonly Uint8Array[],
  { accounts, data }: SolanaInstruction,
  parts: Parts,
): NotAllowedReason | null {
  if (data[0] !== 12) return 'instruction';
  if (data.length !== 10 || accounts.length !== 4) return 'shape';
  const [source, mint, destination, authority] = accounts as [number, number, number, number];
  if (authority !== walletPlace) return 'authority';
  parts.payments.push({
    asset: 'token',
    program,
    mint: keys[mint] as Uint8Array,
    source: keys[source] as Uint8Array,
    destination: keys[destination] as Uint8Array,
    amount: littleEndian(data, 1, 8),
    decimals: data[9] as number,
  });
  return null;
}

/** Associated token account program, `CreateIdempotent`: u8 1; payer, account, owner, mint, system program, token program. */
function readAssociated(
  keys: readonly Uint8Array[],
  { accounts, data }: SolanaInstruction,
  parts: Parts,
): NotAllowedReason | null {
  if (data[0] !== 1) return 'instruction';
  if (data.length !== 1 || accounts.length !== 6) return 'shape';
  const [payer, account, owner, mint, system, token] = accounts as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (payer !== walletPlace) return 'authority';
  const program = walletProgramAt(keys[token] as Uint8Array);
  if (walletProgramAt(keys[system] as Uint8Array) !== 'system') return 'shape';
  if (program !== 'token' && program !== 'token-2022') return 'shape';
  parts.created.push({
    account: keys[account] as Uint8Array,
    owner: keys[owner] as Uint8Array,
    mint: keys[mint] as Uint8Array,
    program,
  });
  return null;
}

/** Memo programs: the data is the text. Accounts would have to sign it: none, or the wallet. */
function readMemo({ accounts, data }: SolanaInstruction, parts: Parts): NotAllowedReason | null {
  if (accounts.length > 1 || accounts.some((place) => place !== walletPlace)) return 'shape';
  const text = textOrNull(data);
  if (text === null) return 'shape';
  parts.memos.push(text);
  return null;
}

/** Compute budget program: u8 2, u32 units or u8 3, u64 price in micro-lamports; no accounts. */
function readComputeBudget({ accounts, data }: SolanaInstruction, parts: Parts): NotAllowedReason | null {
  const isLimit = data[0] === 2;
  if (!isLimit && data[0] !== 3) return 'instruction';
  if (accounts.length !== 0 || data.length !== (isLimit ? 5 : 9)) return 'shape';
  if (isLimit) parts.unitLimits.push(Number(littleEndian(data, 1, 4)));
  else parts.unitPrices.push(littleEndian(data, 1, 8));
  return null;
}

function littleEndian(bytes: Uint8Array, offset: number, lengthBytes: number): bigint {
  let value = 0n;
  for (let index = offset + lengthBytes - 1; index >= offset; index -= 1)
    value = value * 256n + BigInt(bytes[index] as number);
  return value;
}

function textOrNull(bytes: Uint8Array): string | null {
  try {
    return textOf(bytes);
  } catch {
    // `textOf` throws for bytes that are no UTF-8, which the memo programs refuse too.
    return null;
  }
}
