import { createHash } from 'node:crypto';
import {
  type Address,
  getBase58Decoder,
  getCompiledTransactionMessageDecoder,
  getCompiledTransactionMessageEncoder,
  getTransactionDecoder,
  getTransactionEncoder,
  type Transaction,
  type TransactionMessageBytes,
} from '@solana/kit';

/** `PACKET_DATA_SIZE`: what fits into one packet of the network (Solana documentation, "Transactions"). */
export const maxTransactionBytes = 1232;

export interface CompiledInstruction {
  readonly programIdIndex: number;
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
}

/** A transaction as it came, and what its message says. */
export interface ParsedTransaction {
  readonly wire: Uint8Array;
  readonly transaction: Transaction;
  readonly version: 'legacy' | 0;
  /** Base58; of the fee payer, which names the transaction. */
  readonly signature: string;
  readonly signatures: readonly string[];
  readonly isFullySigned: boolean;
  /** SHA-256. */
  readonly messageHash: Uint8Array;
  readonly blockhash: string;
  readonly header: {
    readonly numRequiredSignatures: number;
    readonly numReadonlySignedAccounts: number;
    readonly numReadonlyUnsignedAccounts: number;
  };
  readonly addresses: readonly Address[];
  readonly instructions: readonly CompiledInstruction[];
  readonly usesLookupTables: boolean;
}

/** What is no transaction; the message says why, for the caller. */
export class MalformedTransaction extends Error {}

const base58 = getBase58Decoder();
const noSignature = new Uint8Array(64);

/** @throws {MalformedTransaction} not the exact bytes of a legacy or version 0 transaction */
export function parseTransaction(wire: Uint8Array): ParsedTransaction {
  if (wire.length > maxTransactionBytes)
    throw new MalformedTransaction(`too large: ${wire.length} bytes (max: ${maxTransactionBytes} bytes)`);
  const transaction = decoding(() => getTransactionDecoder().decode(wire));
  const message = decoding(() => getCompiledTransactionMessageDecoder().decode(transaction.messageBytes));
  if (message.version !== 'legacy' && message.version !== 0)
    throw new MalformedTransaction(`version ${message.version} is not supported`);
  // The virtual machine reads past what does not belong to a message. Of one message there must be one text only, or it
  // would execute once for each.
  const canonical = decoding(() =>
    getTransactionEncoder().encode({
      ...transaction,
      messageBytes: getCompiledTransactionMessageEncoder().encode(message) as TransactionMessageBytes,
    }),
  );
  if (Buffer.compare(Uint8Array.from(canonical), wire) !== 0)
    throw new MalformedTransaction('bytes that do not belong to it');
  const signatures = Object.values(transaction.signatures).map((one) => base58.decode(one ?? noSignature));
  return {
    wire,
    transaction,
    version: message.version,
    signature: signatures[0] ?? base58.decode(noSignature),
    signatures,
    isFullySigned: Object.values(transaction.signatures).every((one) => one !== null),
    messageHash: createHash('sha256').update(Uint8Array.from(transaction.messageBytes)).digest(),
    blockhash: message.lifetimeToken,
    header: {
      numRequiredSignatures: message.header.numSignerAccounts,
      numReadonlySignedAccounts: message.header.numReadonlySignerAccounts,
      numReadonlyUnsignedAccounts: message.header.numReadonlyNonSignerAccounts,
    },
    addresses: message.staticAccounts,
    instructions: message.instructions.map(({ programAddressIndex, accountIndices, data }) => ({
      programIdIndex: programAddressIndex,
      accounts: [...(accountIndices ?? [])],
      data: Uint8Array.from(data ?? []),
    })),
    usesLookupTables: 'addressTableLookups' in message && (message.addressTableLookups?.length ?? 0) > 0,
  };
}

/** Whether the message lets a program write to the account (Solana documentation, "Message header"). */
export function isWritable({ header, addresses }: ParsedTransaction, index: number): boolean {
  const { numRequiredSignatures, numReadonlySignedAccounts, numReadonlyUnsignedAccounts } = header;
  return index < numRequiredSignatures
    ? index < numRequiredSignatures - numReadonlySignedAccounts
    : index < addresses.length - numReadonlyUnsignedAccounts;
}

function decoding<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw new MalformedTransaction(error instanceof Error ? error.message : 'not readable');
  }
}
