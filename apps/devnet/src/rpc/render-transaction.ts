import { getBase58Decoder, getBase58Encoder } from '@solana/kit';
import { Type } from 'typebox';
import type { LoggedTransaction } from '../ledger/ledger-store.ts';
import type { Trace } from '../ledger/trace.ts';
import { parseInstruction } from '../transactions/parse-instruction.ts';
import { isWritable, type ParsedTransaction, parseTransaction } from '../transactions/parse-transaction.ts';
import { RpcError } from './rpc-error.ts';

export const TransactionEncoding = Type.Union([
  Type.Literal('json'),
  Type.Literal('jsonParsed'),
  Type.Literal('base58'),
  Type.Literal('base64'),
]);

export interface RenderSettings {
  readonly encoding?: 'json' | 'jsonParsed' | 'base58' | 'base64' | null;
  readonly maxSupportedTransactionVersion?: number | null;
}

const base58 = getBase58Decoder();

/**
 * A transaction of the log as Solana's RPC writes it (Agave, `EncodedConfirmedTransactionWithStatusMeta`).
 *
 * @throws {RpcError} -32015 it has a version that the caller did not say it can read
 */
export function renderTransaction(logged: LoggedTransaction, settings: RenderSettings): object {
  const parsed = parseTransaction(logged.wire);
  const maxVersion = settings.maxSupportedTransactionVersion ?? null;
  if (parsed.version !== 'legacy' && (maxVersion === null || parsed.version > maxVersion))
    throw new RpcError(
      'unsupportedTransactionVersion',
      `Transaction version (${parsed.version}) is not supported by the requesting client. Please try the request again with ` +
        `the following configuration parameter: "maxSupportedTransactionVersion": ${parsed.version}`,
    );
  const encoding = settings.encoding ?? 'json';
  const { record } = logged;
  const isParsed = encoding === 'jsonParsed';
  return {
    slot: logged.slot,
    blockTime: Math.floor(logged.atMs / 1000),
    transaction: renderBody(parsed, encoding),
    meta: {
      err: record.err,
      status: record.err === null ? { Ok: null } : { Err: record.err },
      fee: BigInt(record.fee),
      preBalances: record.preBalances.map(BigInt),
      postBalances: record.postBalances.map(BigInt),
      innerInstructions: renderInner(parsed, record, isParsed),
      logMessages: record.logMessages,
      preTokenBalances: record.preTokenBalances,
      postTokenBalances: record.postTokenBalances,
      rewards: [],
      ...(!isParsed && { loadedAddresses: { writable: [], readonly: [] } }),
      ...(record.returnData !== null && { returnData: record.returnData }),
      computeUnitsConsumed: record.computeUnitsConsumed,
    },
    ...(maxVersion !== null && { version: parsed.version }),
  };
}

/** Instructions that programs called, by the instruction that led to them. */
export function renderInner(
  transaction: ParsedTransaction,
  { innerInstructions }: Pick<Trace, 'innerInstructions'>,
  isParsed: boolean,
): readonly object[] {
  if (!isParsed) return innerInstructions;
  return innerInstructions.map(({ index, instructions }) => ({
    index,
    instructions: instructions.map((inner) =>
      renderParsed(
        transaction,
        { ...inner, data: Uint8Array.from(getBase58Encoder().encode(inner.data)) },
        inner.stackHeight,
      ),
    ),
  }));
}

function renderBody(parsed: ParsedTransaction, encoding: NonNullable<RenderSettings['encoding']>): unknown {
  if (encoding === 'base64') return [Buffer.from(parsed.wire).toString('base64'), 'base64'];
  if (encoding === 'base58') return [base58.decode(parsed.wire), 'base58'];
  const { signatures, addresses, header, blockhash: recentBlockhash, version } = parsed;
  const tables = version === 'legacy' ? {} : { addressTableLookups: [] };
  if (encoding === 'json')
    return {
      signatures,
      message: {
        header,
        accountKeys: addresses,
        recentBlockhash,
        instructions: parsed.instructions.map(({ programIdIndex, accounts, data }) => ({
          programIdIndex,
          accounts,
          data: base58.decode(data),
          stackHeight: 1,
        })),
        ...tables,
      },
    };
  return {
    signatures,
    message: {
      accountKeys: addresses.map((pubkey, index) => ({
        pubkey,
        signer: index < header.numRequiredSignatures,
        writable: isWritable(parsed, index),
        source: 'transaction',
      })),
      recentBlockhash,
      instructions: parsed.instructions.map((instruction) => renderParsed(parsed, instruction, 1)),
      ...tables,
    },
  };
}

function renderParsed(
  { addresses }: ParsedTransaction,
  instruction: ParsedTransaction['instructions'][number],
  stackHeight: number,
): object {
  const programId = addresses[instruction.programIdIndex];
  const accounts = instruction.accounts.flatMap((index) => addresses[index] ?? []);
  const { data } = instruction;
  if (programId === undefined) throw new RangeError('an executed instruction without a program');
  const parsed = parseInstruction({ program: programId, accounts, data });
  if (parsed === null) return { programId, accounts, data: base58.decode(data), stackHeight };
  return { ...parsed, programId, stackHeight };
}
