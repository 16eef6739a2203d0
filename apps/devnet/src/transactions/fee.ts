import type { ParsedTransaction } from './parse-transaction.ts';

const lamportsPerSignature = 5000n;
const computeBudgetProgram = 'ComputeBudget111111111111111111111111111111';
/** Programs that are part of the runtime; calling one counts little (Agave, `builtins-default-costs`). */
const builtIns: readonly string[] = [
  computeBudgetProgram,
  '11111111111111111111111111111111',
  'Vote111111111111111111111111111111111111111',
  'BPFLoaderUpgradeab1e11111111111111111111111',
  'BPFLoader1111111111111111111111111111111111',
  'BPFLoader2111111111111111111111111111111111',
  'LoaderV411111111111111111111111111111111111',
  'KeccakSecp256k11111111111111111111111111111',
  'Ed25519SigVerify111111111111111111111111111',
];
const unitsOfBuiltIn = 3000n;
const unitsOfOther = 200_000n;
const maxUnits = 1_400_000n;
const microLamports = 1_000_000n;

/** Lamports that a message costs: its signatures, and its price for the compute units it asks for (Solana documentation, "Fees"). */
export function feeOf({ instructions, addresses, header }: ParsedTransaction): bigint {
  let limit: bigint | null = null;
  let price = 0n;
  let assumed = 0n;
  for (const { programIdIndex, data } of instructions) {
    const program = addresses[programIdIndex] ?? '';
    assumed += builtIns.includes(program) ? unitsOfBuiltIn : unitsOfOther;
    if (program !== computeBudgetProgram) continue;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    if (data[0] === 2 && data.length >= 5) limit = BigInt(view.getUint32(1, true));
    if (data[0] === 3 && data.length >= 9) price = view.getBigUint64(1, true);
  }
  const wanted = limit ?? assumed;
  const units = wanted < maxUnits ? wanted : maxUnits;
  const priority = (price * units + microLamports - 1n) / microLamports;
  return lamportsPerSignature * BigInt(header.numRequiredSignatures) + priority;
}
