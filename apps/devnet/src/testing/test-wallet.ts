import {
  type Address,
  appendTransactionMessageInstructions,
  type Blockhash,
  compileTransaction,
  createKeyPairSignerFromPrivateKeyBytes,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  type Instruction,
  type KeyPairSigner,
  partiallySignTransactionMessageWithSigners,
  pipe,
  setTransactionMessageFeePayer,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
} from '@solana/kit';
import { getTransferSolInstruction } from '@solana-program/system';
import type { TestDevnet } from './test-devnet.ts';

/** A key of its own for each number, the same in every run. */
export const testSigner = (number: number): Promise<KeyPairSigner> =>
  createKeyPairSignerFromPrivateKeyBytes(new Uint8Array(32).fill(number));

/** Base64 of a signed transaction of version 0. */
export async function signedWire(
  payer: KeyPairSigner,
  blockhash: string,
  instructions: readonly Instruction[],
): Promise<string> {
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (one) => setTransactionMessageFeePayerSigner(payer, one),
    (one) => setTransactionMessageLifetimeUsingBlockhash(lifetime(blockhash), one),
    (one) => appendTransactionMessageInstructions(instructions, one),
  );
  return getBase64EncodedWireTransaction(await partiallySignTransactionMessageWithSigners(message));
}

export const transferOf = (source: KeyPairSigner, destination: Address, amount: bigint) =>
  getTransferSolInstruction({ source, destination, amount });

/** A transfer that is sent with the latest blockhash. @returns its signature */
export async function sendTransfer(
  devnet: TestDevnet,
  from: KeyPairSigner,
  to: Address,
  amount: bigint,
): Promise<string> {
  const { value } = await devnet.call('getLatestBlockhash');
  const wire = await signedWire(from, value.blockhash, [transferOf(from, to, amount)]);
  return devnet.call('sendTransaction', wire, { encoding: 'base64' });
}

/** The bytes that the payer of a transfer has to sign. */
export function unsignedTransfer(payer: Address, to: Address, amount: bigint, blockhash: string): Uint8Array {
  const source = { address: payer } as KeyPairSigner;
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (one) => setTransactionMessageFeePayer(payer, one),
    (one) => setTransactionMessageLifetimeUsingBlockhash(lifetime(blockhash), one),
    (one) => appendTransactionMessageInstructions([plain(transferOf(source, to, amount))], one),
  );
  return Uint8Array.from(compileTransaction(message).messageBytes);
}

/** Without the signer that the library ties to it. */
function plain({ programAddress, accounts, data }: ReturnType<typeof transferOf>): Instruction {
  return { programAddress, data, accounts: accounts.map(({ address, role }) => ({ address, role })) };
}

function lifetime(blockhash: string) {
  return { blockhash: blockhash as Blockhash, lastValidBlockHeight: 0n };
}
