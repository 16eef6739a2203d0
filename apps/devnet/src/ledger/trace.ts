import { type Address, getAddressDecoder, getBase58Decoder } from '@solana/kit';
import type { TransactionMetadata } from 'litesvm';

export interface InnerInstruction {
  readonly programIdIndex: number;
  readonly accounts: readonly number[];
  /** Base58. */
  readonly data: string;
  readonly stackHeight: number;
}

/** What programs said and called while they ran. */
export interface Trace {
  readonly logMessages: readonly string[];
  readonly innerInstructions: readonly {
    readonly index: number;
    readonly instructions: readonly InnerInstruction[];
  }[];
  readonly returnData: {
    readonly programId: Address;
    readonly data: readonly [base64: string, 'base64'];
  } | null;
  readonly computeUnitsConsumed: number;
}

const base58 = getBase58Decoder();
const addresses = getAddressDecoder();

/** @param metadata null for what did not run */
export function traceOf(metadata: TransactionMetadata | null): Trace {
  if (metadata === null)
    return { logMessages: [], innerInstructions: [], returnData: null, computeUnitsConsumed: 0 };
  const returned = metadata.returnData();
  const data = returned.data();
  return {
    logMessages: metadata.logs(),
    innerInstructions: metadata.innerInstructions().flatMap((inner, index) => {
      const instructions = inner.map((one): InnerInstruction => {
        const instruction = one.instruction();
        return {
          programIdIndex: instruction.programIdIndex(),
          accounts: [...instruction.accounts()],
          data: base58.decode(instruction.data()),
          stackHeight: one.stackHeight(),
        };
      });
      return instructions.length > 0 ? [{ index, instructions }] : [];
    }),
    returnData:
      data.length > 0
        ? {
            programId: addresses.decode(returned.programId()),
            data: [Buffer.from(data).toString('base64'), 'base64'],
          }
        : null,
    computeUnitsConsumed: Number(metadata.computeUnitsConsumed()),
  };
}
