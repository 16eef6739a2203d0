import {
  type Address,
  createKeyPairSignerFromPrivateKeyBytes,
  type Instruction,
  type KeyPairSigner,
} from '@solana/kit';
import { getCreateAccountInstruction, getTransferSolInstruction } from '@solana-program/system';
import {
  findAssociatedTokenPda,
  getCreateAssociatedTokenIdempotentInstruction,
  getInitializeMint2Instruction,
  getMintToCheckedInstruction,
} from '@solana-program/token';
import type { DevnetKeys } from '../keys/devnet-keys.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Grant, LedgerStore } from '../ledger/ledger-store.ts';
import type { VirtualMachine } from '../ledger/virtual-machine.ts';
import type { Blockhashes } from '../slots/blockhashes.ts';
import type { SlotClock } from '../slots/slot-clock.ts';
import { tokenProgram } from '../tokens/token-layout.ts';
import { describeError } from '../transactions/transaction-error.ts';
import { buildTransaction } from './build-transaction.ts';
import { testToken } from './test-token.ts';

/** In the smallest unit: lamports, millionths of the token. */
export const faucetLimits = {
  sol: { perRequest: 5_000_000_000n, perDay: 20_000_000_000n },
  token: { perRequest: 1_000_000_000n, perDay: 10_000_000_000n },
} as const satisfies Record<Grant['asset'], { perRequest: bigint; perDay: bigint }>;

/** As a local validator gives its faucet: 500 million SOL. It is there from the first moment. */
export const faucetLamports = 500_000_000_000_000_000n;
const dayMs = 86_400_000;
const mintBytes = 82;

/** @property reason `limit`: this address may ask again later; `size`: nobody gets that much at once */
export class FaucetRefusal extends Error {
  readonly reason: 'limit' | 'size' | 'failed';
  constructor(reason: 'limit' | 'size' | 'failed', message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface Faucet {
  readonly mint: Address;
  /** Makes the test token, unless it is there: once in the life of a ledger. */
  prepare(): Promise<void>;
  /** @returns the signature @throws {FaucetRefusal} */
  giveSol(to: Address, lamports: bigint): Promise<string>;
  /** Makes the associated account of the owner if it needs one. @returns the signature @throws {FaucetRefusal} */
  giveTokens(to: Address, amount: bigint): Promise<string>;
}

export interface FaucetSigners {
  readonly faucet: KeyPairSigner;
  readonly mintAuthority: KeyPairSigner;
  readonly mint: KeyPairSigner;
}

export async function faucetSigners(keys: DevnetKeys): Promise<FaucetSigners> {
  const [faucet, mintAuthority, mint] = await Promise.all(
    [keys.faucet, keys.mintAuthority, keys.mint].map((seed) =>
      createKeyPairSignerFromPrivateKeyBytes(seed.reveal()),
    ),
  );
  return { faucet, mintAuthority, mint } as FaucetSigners;
}

export interface FaucetDeps {
  readonly ledger: Ledger;
  readonly machine: VirtualMachine;
  readonly store: LedgerStore;
  readonly slots: SlotClock;
  readonly blockhashes: Blockhashes;
}

/** Gives away SOL and test tokens. Every gift is a transaction signed by the faucet's keys, like anybody's. */
export function openFaucet({ faucet, mintAuthority, mint }: FaucetSigners, deps: FaucetDeps): Faucet {
  const { ledger, machine, store, slots, blockhashes } = deps;
  let ordinal = 0;

  const execute = async (instructions: readonly Instruction[], grant: Grant | null) => {
    ordinal += 1;
    const { blockhash } = blockhashes.latest();
    const transaction = await buildTransaction(faucet, blockhash, ordinal, instructions);
    // Judged where nothing can come between it and the execution.
    if (grant !== null) checkDay(grant);
    const { executed, outcome } = ledger.execute(transaction, grant);
    if (!executed || outcome.err !== null)
      throw new FaucetRefusal('failed', `the faucet failed: ${describeError(outcome.err ?? 'not executed')}`);
    return transaction.signature;
  };
  const checkDay = ({ address, asset, amount }: Grant) => {
    const { perDay } = faucetLimits[asset];
    if (store.granted(address, asset, slots.now() - dayMs) + amount > perDay)
      throw new FaucetRefusal('limit', `an address gets at most ${perDay} in 24 hours: try again later`);
  };
  const give = (grant: Grant, instructions: readonly Instruction[]) => {
    const { perRequest } = faucetLimits[grant.asset];
    if (grant.amount < 1n || grant.amount > perRequest)
      throw new FaucetRefusal('size', `the amount must be from 1 to ${perRequest}`);
    return execute(instructions, grant);
  };

  return {
    mint: mint.address,
    async prepare() {
      if (ledger.account(mint.address, 'open') !== null) return;
      await execute(
        [
          getCreateAccountInstruction({
            payer: faucet,
            newAccount: mint,
            lamports: machine.rentExemption(mintBytes),
            space: mintBytes,
            programAddress: tokenProgram,
          }),
          getInitializeMint2Instruction({
            mint: mint.address,
            decimals: testToken.decimals,
            mintAuthority: mintAuthority.address,
            freezeAuthority: null,
          }),
        ],
        null,
      );
    },
    async giveSol(to, lamports) {
      const transfer = getTransferSolInstruction({ source: faucet, destination: to, amount: lamports });
      return give({ address: to, asset: 'sol', amount: lamports }, [transfer]);
    },
    async giveTokens(to, amount) {
      const [account] = await findAssociatedTokenPda({ owner: to, mint: mint.address, tokenProgram });
      return give({ address: to, asset: 'token', amount }, [
        getCreateAssociatedTokenIdempotentInstruction({
          payer: faucet,
          ata: account,
          owner: to,
          mint: mint.address,
        }),
        getMintToCheckedInstruction({
          mint: mint.address,
          token: account,
          mintAuthority,
          amount,
          decimals: testToken.decimals,
        }),
      ]);
    },
  };
}
