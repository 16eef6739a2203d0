import type { Address } from '@solana/kit';
import { Type } from 'typebox';
import type { DevnetParts } from '../../devnet-parts.ts';
import type { Simulation } from '../../ledger/virtual-machine.ts';
import { feeOf } from '../../transactions/fee.ts';
import { type ParsedTransaction, parseTransaction } from '../../transactions/parse-transaction.ts';
import { describeError } from '../../transactions/transaction-error.ts';
import { decodeWire, WireEncoding } from '../decode-wire.ts';
import { AccountEncoding, encodeAccount } from '../encode-account.ts';
import { method } from '../method.ts';
import { AddressText, addressOf, Commitment, Config, Optional, readAt, Unsigned } from '../params.ts';
import { renderInner } from '../render-transaction.ts';
import { invalidParams, RpcError } from '../rpc-error.ts';

const Flag = Optional(Type.Union([Type.Boolean(), Type.Null()]));
const wireSetting = { encoding: Optional(Type.Union([WireEncoding, Type.Null()])) };

/** Sending transactions, and trying them. Both look at the open slot, whatever the commitment. */
export const submissionMethods = {
  sendTransaction: method(
    [
      Type.String(),
      Config({
        ...wireSetting,
        skipPreflight: Flag,
        preflightCommitment: Optional(Type.Union([Commitment, Type.Null()])),
        maxRetries: Optional(Type.Union([Unsigned, Type.Null()])),
      }),
    ],
    (parts, text, config) => {
      const transaction = decodeWire(text, config?.encoding ?? 'base58', parseTransaction);
      readAt(parts, { commitment: config?.preflightCommitment, minContextSlot: config?.minContextSlot });
      if (!config?.skipPreflight) preflight(parts, transaction);
      // As on a cluster: without preflight nobody hears here what became of it.
      parts.ledger.execute(transaction);
      return transaction.signature;
    },
  ),
  simulateTransaction: method(
    [
      Type.String(),
      Config({
        ...wireSetting,
        sigVerify: Flag,
        replaceRecentBlockhash: Flag,
        innerInstructions: Flag,
        accounts: Optional(
          Type.Union([
            Type.Object({
              addresses: Type.Array(AddressText, { maxItems: 64 }),
              encoding: Optional(Type.Union([AccountEncoding, Type.Null()])),
            }),
            Type.Null(),
          ]),
        ),
      }),
    ],
    (parts, text, config) => {
      const transaction = decodeWire(text, config?.encoding ?? 'base58', parseTransaction);
      const { minContextSlot } = config ?? {};
      const { context } = readAt(parts, { commitment: 'processed', minContextSlot });
      if (config?.sigVerify && config.replaceRecentBlockhash)
        throw invalidParams('sigVerify may not be used with replaceRecentBlockhash');
      const simulation = parts.ledger.simulate(transaction, {
        verifySignatures: config?.sigVerify === true,
        checkBlockhash: config?.replaceRecentBlockhash !== true,
      });
      const after = (address: Address) =>
        simulation.accounts.get(address) ?? parts.ledger.account(address, 'open');
      const accounts = config?.accounts?.addresses.map((address) => {
        const account = simulation.err === null ? after(addressOf(address)) : null;
        return account && encodeAccount(account, { encoding: config.accounts?.encoding ?? 'base64' }, after);
      });
      return {
        context,
        value: {
          ...simulationOf(simulation),
          accounts: accounts ?? null,
          fee: feeOf(transaction),
          innerInstructions: config?.innerInstructions ? renderInner(transaction, simulation, true) : null,
          replacementBlockhash: config?.replaceRecentBlockhash ? parts.blockhashes.latest() : null,
        },
      };
    },
  ),
};

/** @throws {RpcError} -32003 a signature is missing or wrong; -32002 with what the simulation found */
function preflight({ ledger }: DevnetParts, transaction: ParsedTransaction): void {
  const simulation = ledger.simulate(transaction, { verifySignatures: true, checkBlockhash: true });
  if (simulation.err === null) return;
  if (simulation.err === 'SignatureFailure')
    throw new RpcError('signatureVerificationFailure', 'Transaction signature verification failure');
  throw new RpcError('preflightFailure', `Transaction simulation failed: ${describeError(simulation.err)}`, {
    ...simulationOf(simulation),
    accounts: null,
    innerInstructions: null,
    replacementBlockhash: null,
  });
}

function simulationOf({ err, logMessages, returnData, computeUnitsConsumed }: Simulation): object {
  return { err, logs: logMessages, returnData, unitsConsumed: computeUnitsConsumed };
}
