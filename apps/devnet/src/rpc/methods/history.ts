import { Type } from 'typebox';
import type { DevnetParts } from '../../devnet-parts.ts';
import type { LoggedTransaction } from '../../ledger/ledger-store.ts';
import type { TransactionError } from '../../transactions/transaction-error.ts';
import { method } from '../method.ts';
import {
  AddressText,
  addressOf,
  Config,
  Optional,
  type ReadSettings,
  readAt,
  SignatureText,
  signatureOf,
  Unsigned,
} from '../params.ts';
import { renderTransaction, TransactionEncoding } from '../render-transaction.ts';
import { invalidParams } from '../rpc-error.ts';

const maxSignatures = 256;
const maxHistory = 1000;

/** What the log holds. */
export const historyMethods = {
  getSignatureStatuses: method(
    [
      Type.Array(SignatureText, { maxItems: maxSignatures }),
      Config({ searchTransactionHistory: Optional(Type.Union([Type.Boolean(), Type.Null()])) }),
    ],
    (parts, signatures) => {
      const { context } = readAt(parts, { commitment: 'processed' });
      const value = signatures.map((signature) => {
        const logged = parts.store.find(signatureOf(signature));
        return logged && statusOf(logged, context.slot);
      });
      return { context, value };
    },
  ),
  getSignaturesForAddress: method(
    [
      AddressText,
      Config({
        before: Optional(Type.Union([SignatureText, Type.Null()])),
        until: Optional(Type.Union([SignatureText, Type.Null()])),
        limit: Optional(Type.Union([Type.Integer({ minimum: 1, maximum: maxHistory }), Type.Null()])),
      }),
    ],
    (parts, address, config) => {
      const { slot: maxSlot } = closedContext(parts, config);
      const list = parts.store.history({
        address: addressOf(address),
        maxSlot,
        before: config?.before ? signatureOf(config.before) : null,
        until: config?.until ? signatureOf(config.until) : null,
        limit: config?.limit ?? maxHistory,
      });
      return list.map(({ signature, slot, atMs, record: { err, memo } }) => ({
        signature,
        slot,
        err,
        memo,
        blockTime: Math.floor(atMs / 1000),
        confirmationStatus: 'finalized',
      }));
    },
  ),
  getTransaction: method(
    [
      SignatureText,
      Type.Union([
        TransactionEncoding,
        Config({
          encoding: Optional(Type.Union([TransactionEncoding, Type.Null()])),
          maxSupportedTransactionVersion: Optional(Type.Union([Unsigned, Type.Null()])),
        }),
      ]),
    ],
    (parts, signature, settings) => {
      const config = typeof settings === 'string' ? { encoding: settings } : (settings ?? {});
      const { slot } = closedContext(parts, config);
      const logged = parts.store.find(signatureOf(signature));
      if (logged === null || logged.slot > slot) return null;
      return renderTransaction(logged, config);
    },
  ),
};

function statusOf(logged: LoggedTransaction, openSlot: number): object {
  const { err } = logged.record;
  const isClosed = logged.slot < openSlot;
  return {
    slot: logged.slot,
    confirmations: isClosed ? null : 0,
    err,
    status: resultOf(err),
    confirmationStatus: isClosed ? 'finalized' : 'processed',
  };
}

/** The older way to say it, which clients still read. */
function resultOf(err: TransactionError | null): object {
  return err === null ? { Ok: null } : { Err: err };
}

/** @throws {RpcError} -32602 for `processed`: what is in the open slot is no history yet */
function closedContext(parts: DevnetParts, config: ReadSettings | null | undefined) {
  if (config?.commitment === 'processed')
    throw invalidParams('Method does not support commitment below `confirmed`');
  return readAt(parts, config).context;
}
