import type { CreatedAccount, ReadPayment } from './transfer-parts.ts';

/** What a message costs the limits of its wallet at most: the ledger may take less, never more. */
export interface TransferCosts {
  /** Lamports in all: what is transferred, fees and rent. Below 2^64, as every amount. */
  readonly lamports: bigint;
  readonly baseFeeLamports: bigint;
  readonly priorityFeeLamports: bigint;
  readonly rentLamports: bigint;
  /** Raw units of the one mint that is transferred; null for none. */
  readonly token: { readonly mint: Uint8Array; readonly amount: bigint } | null;
}

/** Of one signature. */
export const baseFeeLamports = 5000n;
/** Compute units that a transaction has without a request, for each instruction, and what it can have at most (Solana, `compute-budget`). */
const unitsPerInstruction = 200_000;
const maxUnits = 1_400_000;
/** Rent exemption: 6960 lamports for each byte and for 128 bytes of overhead (Solana, `Rent::default`). */
const lamportsPerByte = 6960n;
const overheadBytes = 128n;
/** A token account; one of Token-2022 carries extensions that its mint asks for, of which more than this are not known. */
const accountBytes = { token: 165n, 'token-2022': 256n } as const;

export const maxAmount = 2n ** 64n - 1n;

/** @returns null when it is more than 64 bits hold */
export function costsOf(message: {
  readonly payment: ReadPayment | null;
  readonly created: readonly CreatedAccount[];
  readonly instructionCount: number;
  readonly unitLimit: number | null;
  readonly unitPriceMicroLamports: bigint;
}): TransferCosts | null {
  const { payment, created, instructionCount, unitLimit, unitPriceMicroLamports } = message;
  const units = Math.min(unitLimit ?? instructionCount * unitsPerInstruction, maxUnits);
  const priorityFeeLamports = (unitPriceMicroLamports * BigInt(units) + 999_999n) / 1_000_000n;
  const rentLamports = created
    .map(({ program }) => (accountBytes[program] + overheadBytes) * lamportsPerByte)
    .reduce((sum, rent) => sum + rent, 0n);
  const transferred = payment?.asset === 'sol' ? payment.amount : 0n;
  const lamports = transferred + baseFeeLamports + priorityFeeLamports + rentLamports;
  if (lamports > maxAmount) return null;
  const token = payment?.asset === 'token' ? { mint: payment.mint, amount: payment.amount } : null;
  return { lamports, baseFeeLamports, priorityFeeLamports, rentLamports, token };
}
