import type { Address } from '@solana/kit';
import { FailedTransactionMetadata, LiteSVM } from 'litesvm';
import type { ParsedTransaction } from '../transactions/parse-transaction.ts';
import { type TransactionError, transactionErrorOf } from '../transactions/transaction-error.ts';
import { type Account, accountOf, encodedAccount } from './account.ts';
import { type Trace, traceOf } from './trace.ts';

export const slotsPerEpoch = 432_000;

export interface Outcome extends Trace {
  readonly err: TransactionError | null;
}

/** @property accounts as they would be; empty when it failed */
export interface Simulation extends Outcome {
  readonly accounts: ReadonlyMap<Address, Account | null>;
}

const unsigned: Outcome = { err: 'SignatureFailure', ...traceOf(null) };

/** The state of all accounts, and what runs programs over it. Time, blockhashes and repetition are judged before. */
export interface VirtualMachine {
  account(address: Address): Account | null;
  put(address: Address, account: Account | null): void;
  /** The time that programs see. */
  setTime(slot: number, atMs: number): void;
  run(transaction: ParsedTransaction): Outcome;
  /** Changes nothing. */
  simulate(transaction: ParsedTransaction, verifySignatures: boolean): Simulation;
  rentExemption(lengthBytes: number): bigint;
}

/**
 * litesvm with its programs (System, Token, Token-2022, associated accounts, Memo, compute budget). It knows one blockhash and
 * would execute one message twice under two signatures, so neither of its own checks is asked.
 */
export function liteVirtualMachine(): VirtualMachine {
  const svm = new LiteSVM().withBlockhashCheck(false).withTransactionHistory(0n);
  let timeOf = -1;
  return {
    account(address) {
      const account = svm.getAccount(address);
      return account.exists ? accountOf(account) : null;
    },
    put: (address, account) => svm.setAccount(encodedAccount(address, account)),
    setTime(slot, atMs) {
      if (slot === timeOf) return;
      timeOf = slot;
      const clock = svm.getClock();
      clock.slot = BigInt(slot);
      clock.epoch = BigInt(Math.floor(slot / slotsPerEpoch));
      clock.leaderScheduleEpoch = clock.epoch + 1n;
      clock.unixTimestamp = BigInt(Math.floor(atMs / 1000));
      svm.setClock(clock);
    },
    run({ transaction, isFullySigned }) {
      if (!isFullySigned) return unsigned;
      const result = svm.sendTransaction(transaction);
      if (result instanceof FailedTransactionMetadata)
        return { err: transactionErrorOf(result), ...traceOf(result.meta()) };
      return { err: null, ...traceOf(result) };
    },
    simulate({ transaction, isFullySigned }, verifySignatures) {
      if (verifySignatures && !isFullySigned) return { ...unsigned, accounts: new Map() };
      svm.withSigverify(verifySignatures);
      try {
        const result = svm.simulateTransaction(transaction);
        if (result instanceof FailedTransactionMetadata)
          return { err: transactionErrorOf(result), ...traceOf(result.meta()), accounts: new Map() };
        const accounts = result
          .postAccounts()
          .map((account) => [account.address, accountOf(account)] as const);
        return { err: null, ...traceOf(result.meta()), accounts: new Map(accounts) };
      } finally {
        svm.withSigverify(true);
      }
    },
    rentExemption: (lengthBytes) => svm.minimumBalanceForRentExemption(BigInt(lengthBytes)),
  };
}
