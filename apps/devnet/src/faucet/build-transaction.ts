import {
  type Address,
  appendTransactionMessageInstructions,
  type Blockhash,
  createTransactionMessage,
  getTransactionEncoder,
  type Instruction,
  pipe,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
  type TransactionSigner,
} from '@solana/kit';
import { type ParsedTransaction, parseTransaction } from '../transactions/parse-transaction.ts';

const computeBudgetProgram = 'ComputeBudget111111111111111111111111111111' as Address;
const baseComputeUnits = 200_000;

/**
 * Signs instructions as one transaction.
 *
 * @param ordinal two equal requests under one blockhash would be one message, which executes once; this tells them apart
 */
export async function buildTransaction(
  payer: TransactionSigner,
  blockhash: Blockhash,
  ordinal: number,
  instructions: readonly Instruction[],
): Promise<ParsedTransaction> {
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (one) => setTransactionMessageFeePayerSigner(payer, one),
    (one) => setTransactionMessageLifetimeUsingBlockhash({ blockhash, lastValidBlockHeight: 0n }, one),
    (one) =>
      appendTransactionMessageInstructions(
        [computeUnitLimit(baseComputeUnits + ordinal), ...instructions],
        one,
      ),
  );
  const signed = await signTransactionMessageWithSigners(message);
  return parseTransaction(Uint8Array.from(getTransactionEncoder().encode(signed)));
}

/** Compute budget program, `SetComputeUnitLimit`: 2, then the limit as 32 bits. */
function computeUnitLimit(units: number): Instruction {
  const data = new Uint8Array(5);
  data[0] = 2;
  new DataView(data.buffer).setUint32(1, units, true);
  return { programAddress: computeBudgetProgram, data };
}
