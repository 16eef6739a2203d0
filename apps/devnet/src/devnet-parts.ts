import type { Faucet } from './faucet/faucet.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { LedgerStore } from './ledger/ledger-store.ts';
import type { VirtualMachine } from './ledger/virtual-machine.ts';
import type { Blockhashes } from './slots/blockhashes.ts';
import type { SlotClock } from './slots/slot-clock.ts';

/** What answers requests. */
export interface DevnetParts {
  readonly slots: SlotClock;
  readonly blockhashes: Blockhashes;
  readonly store: LedgerStore;
  readonly machine: VirtualMachine;
  readonly ledger: Ledger;
  readonly faucet: Faucet;
}
