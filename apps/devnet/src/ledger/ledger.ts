import type { Address } from '@solana/kit';
import type { Blockhashes } from '../slots/blockhashes.ts';
import type { SlotClock } from '../slots/slot-clock.ts';
import { tokenBalances } from '../tokens/token-balances.ts';
import { memoOf } from '../transactions/memo.ts';
import type { ParsedTransaction } from '../transactions/parse-transaction.ts';
import type { TransactionError } from '../transactions/transaction-error.ts';
import { type Account, isSameAccount } from './account.ts';
import type { ExecutionRecord } from './execution-record.ts';
import type { Grant, LedgerStore } from './ledger-store.ts';
import { traceOf } from './trace.ts';
import type { Outcome, Simulation, VirtualMachine } from './virtual-machine.ts';

/** `closed`: after the last closed slot, which is confirmed and finalized at once. `open`: with what happened since. */
export type StateAt = 'open' | 'closed';

export interface Executed {
  readonly signature: string;
  readonly slot: number;
  readonly err: TransactionError | null;
  readonly changed: ReadonlyMap<Address, Account | null>;
}

export interface Ledger {
  /**
   * Executes, writes down and only then answers. A transaction that fails after its fee was taken is executed too.
   * @returns `executed`: whether it is in the log now, by this call
   * @throws when it could not be written down; then nothing has changed
   */
  execute(
    transaction: ParsedTransaction,
    grant?: Grant | null,
  ): { readonly executed: boolean; readonly outcome: Outcome };
  simulate(
    transaction: ParsedTransaction,
    options: { readonly verifySignatures: boolean; readonly checkBlockhash: boolean },
  ): Simulation;
  account(address: Address, at: StateAt): Account | null;
  /** Token accounts of a program by their owner. */
  tokenAccounts(program: Address, owner: Uint8Array, at: StateAt): readonly (readonly [Address, Account])[];
  onExecuted(listener: (executed: Executed) => void): () => void;
}

export interface LedgerDeps {
  readonly store: LedgerStore;
  readonly machine: VirtualMachine;
  readonly slots: SlotClock;
  readonly blockhashes: Blockhashes;
}

/** The one place where state changes. */
export function openLedger({ store, machine, slots, blockhashes }: LedgerDeps): Ledger {
  for (const [address, account] of store.accounts()) machine.put(address, account);
  const listeners = new Set<(executed: Executed) => void>();
  // What accounts were before the open slot changed them.
  let open: { readonly slot: number; readonly before: Map<Address, Account | null> } = {
    slot: 0,
    before: new Map(),
  };
  const account = (address: Address, at: StateAt) => {
    if (at === 'closed' && open.slot === slots.current()) {
      const before = open.before.get(address);
      if (before !== undefined) return before;
    }
    return machine.account(address);
  };
  const refusal = (transaction: ParsedTransaction, checkBlockhash: boolean): TransactionError | null => {
    if (store.hasMessage(transaction.messageHash)) return 'AlreadyProcessed';
    if (checkBlockhash && !blockhashes.isValid(transaction.blockhash)) return 'BlockhashNotFound';
    // Nobody can make one here: that takes slot hashes, which this ledger does not keep.
    return transaction.usesLookupTables ? 'AddressLookupTableNotFound' : null;
  };

  return {
    execute(transaction, grant = null) {
      const refused = refusal(transaction, true);
      if (refused !== null) return { executed: false, outcome: { err: refused, ...traceOf(null) } };
      const { addresses } = transaction;
      const slot = slots.current();
      const atMs = slots.now();
      machine.setTime(slot, atMs);
      const before = addresses.map(machine.account);
      const outcome = machine.run(transaction);
      const after = addresses.map(machine.account);
      const changed = new Map<Address, Account | null>();
      for (const [index, address] of addresses.entries())
        if (!isSameAccount(before[index] ?? null, after[index] ?? null))
          changed.set(address, after[index] ?? null);
      // Whatever is executed pays a fee. What was refused before that has changed nothing.
      if (changed.size === 0) return { executed: false, outcome };
      const record = recordOf(transaction, outcome, { before, after }, machine.account);
      const { signature, messageHash, wire } = transaction;
      try {
        store.append({ signature, messageHash, slot, atMs, wire, record, addresses, changed, grant });
      } catch (error) {
        for (const [index, address] of addresses.entries())
          if (changed.has(address)) machine.put(address, before[index] ?? null);
        throw error;
      }
      if (open.slot !== slot) open = { slot, before: new Map() };
      for (const [index, address] of addresses.entries())
        if (changed.has(address) && !open.before.has(address))
          open.before.set(address, before[index] ?? null);
      for (const listener of [...listeners]) listener({ signature, slot, err: outcome.err, changed });
      return { executed: true, outcome };
    },
    simulate(transaction, { verifySignatures, checkBlockhash }) {
      const refused = refusal(transaction, checkBlockhash);
      if (refused !== null) return { err: refused, ...traceOf(null), accounts: new Map() };
      machine.setTime(slots.current(), slots.now());
      return machine.simulate(transaction, verifySignatures);
    },
    account,
    tokenAccounts(program, owner, at) {
      // Those that the open slot closed or gave away are not found by their state of now.
      const candidates = new Set([...store.tokenAccounts(program, owner), ...open.before.keys()]);
      return [...candidates].flatMap((address) => {
        const state = account(address, at);
        const isOwned =
          state !== null &&
          state.owner === program &&
          state.data.length >= 165 &&
          Buffer.compare(state.data.subarray(32, 64), owner) === 0;
        return isOwned ? [[address, state] as const] : [];
      });
    },
    onExecuted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function recordOf(
  transaction: ParsedTransaction,
  outcome: Outcome,
  states: { readonly before: readonly (Account | null)[]; readonly after: readonly (Account | null)[] },
  mintAt: (address: Address) => Account | null,
): ExecutionRecord {
  const sum = (accounts: readonly (Account | null)[]) =>
    accounts.reduce((total, one) => total + (one?.lamports ?? 0n), 0n);
  const lamports = (accounts: readonly (Account | null)[]) =>
    accounts.map((one) => String(one?.lamports ?? 0n));
  return {
    ...outcome,
    // Programs make and burn no lamports, so what is gone is the fee.
    fee: String(sum(states.before) - sum(states.after)),
    preBalances: lamports(states.before),
    postBalances: lamports(states.after),
    preTokenBalances: tokenBalances(states.before, mintAt),
    postTokenBalances: tokenBalances(states.after, mintAt),
    memo: memoOf(transaction),
  };
}
