import { resolve } from 'node:path';
import { fromHex, toBase58, toHex, writeAmount } from '@hexkey/protocol';
import { type KeyPaymentEnd, keyPayments } from '@hexkey/sdk/node';
import type { AloneContext, Report } from '../../command.ts';
import { plainLine } from '../../plain-line.ts';
import { outsideOf } from '../../profile/open-client.ts';
import { rpcOf } from '../../profile/open-client-off-server.ts';
import { UsageError } from '../../usage-error.ts';
import { type KeyFile, readKeyFile, writeKeyFile } from './key-file.ts';

const wait = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/**
 * Pays with an exported key. What is signed rests in the file before it is sent, and what an earlier run left there is brought to its end instead of a second payment.
 * @throws {DomainError} what a quote throws, `LedgerUnavailable` @throws {UsageError}
 */
export async function signWithKey({ terminal, parameters, options }: AloneContext): Promise<Report> {
  const [name = '', address = '', lamports = ''] = parameters;
  const rpcUrl = rpcOf(options);
  if (rpcUrl === null) throw new UsageError('Name a Solana RPC with --rpc.');
  if (!/^[1-9][0-9]{0,18}$/.test(lamports)) throw new UsageError('LAMPORTS is a whole number above 0.');
  const path = resolve(name);
  const { file, key } = readKeyFile(path);
  const payments = keyPayments(outsideOf(new URL(rpcUrl).origin), rpcUrl, wait);
  if (file.pending !== null) {
    const end = await carry(file.pending);
    terminal.note('An earlier payment was not seen to end. It is now; nothing else was signed.');
    return report(file.pending.signature, end);
  }
  const memo = options.memo ?? null;
  const built = await payments.build(key, { address, mint: null, amount: BigInt(lamports), memo });
  terminal.note(
    plainLine(
      `${writeAmount(BigInt(lamports), 9)} SOL to ${address}, fee ${writeAmount(built.feeLamports, 9)} SOL`,
    ),
  );
  const isConfirmed =
    options.confirmed === true || (await terminal.confirm('Pay it?', 'Say --confirmed to pay it.'));
  if (!isConfirmed) throw new UsageError('Nothing was paid.');
  const transaction = payments.sign(key, built);
  const pending = {
    transaction: toHex(transaction),
    signature: toBase58(transaction.subarray(1, 65)),
    lastValidBlockHeight: built.lastValidBlockHeight,
  };
  writeKeyFile(path, { ...file, pending });
  return report(pending.signature, await carry(pending));

  async function carry(of: NonNullable<KeyFile['pending']>): Promise<KeyPaymentEnd> {
    const end = await payments.carry(fromHex(of.transaction), of.signature, of.lastValidBlockHeight);
    writeKeyFile(path, { ...file, pending: null });
    return end;
  }
}

function report(signature: string, end: KeyPaymentEnd): Report {
  return {
    value: { signature, ...end },
    lines: [`${signature} ${end.state}${'failure' in end ? ` (${end.failure})` : ''}`].map(plainLine),
    isBad: end.state !== 'confirmed',
  };
}
