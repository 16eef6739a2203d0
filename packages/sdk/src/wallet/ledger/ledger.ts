import { DomainError } from '@hexkey/contract';
import { fromBase58, toBase58, walletProgramAddress } from '@hexkey/protocol';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Asset, LedgerView } from '../wallet.ts';
import { LedgerRefusal, type LedgerRpc } from './ledger-rpc.ts';

/** A token account of an owner. */
export interface TokenHolding {
  /** Base58. */
  readonly account: string;
  readonly mint: string;
  readonly program: 'token' | 'token-2022';
  readonly amount: bigint;
}

export interface Blockhash {
  /** 32 bytes. */
  readonly blockhash: Uint8Array;
  /** Above this height no block can have a transaction with it. */
  readonly lastValidBlockHeight: number;
}

/** What became of a transaction; null: the ledger has not seen it. */
export type TransactionStatus = { readonly failure: string | null; readonly isFinal: boolean } | null;

/** That a transaction names an account. */
export interface LedgerMention {
  readonly signature: string;
  readonly slot: number;
  readonly memo: string | null;
}

/** A transaction of somebody's history. */
export interface LedgerEntry {
  readonly signature: string;
  readonly atMs: number;
  readonly failure: string | null;
  readonly feeLamports: bigint;
  readonly feePayer: string;
  /** What changed for each owner: lamports (mint null) and tokens. */
  readonly changes: readonly {
    readonly owner: string;
    readonly mint: string | null;
    readonly amount: bigint;
  }[];
}

/** The ledger as the wallet needs it. Lamports come as JSON numbers: exact up to nine million SOL. @throws {DomainError} `LedgerUnavailable` from every method */
export interface Ledger {
  view(): Promise<LedgerView>;
  lamports(address: string): Promise<bigint>;
  holdings(owner: string): Promise<readonly TokenHolding[]>;
  /** Raw units in one token account; nothing where there is no such account. */
  heldIn(account: string): Promise<bigint>;
  /** Null for a mint that is none. */
  mint(
    address: string,
  ): Promise<{ readonly decimals: number; readonly program: 'token' | 'token-2022' } | null>;
  /** The program that owns an account, base58; null when there is no such account. */
  ownerOf(address: string): Promise<string | null>;
  rentLamports(lengthBytes: number): Promise<bigint>;
  latestBlockhash(): Promise<Blockhash>;
  /** Of the finalized chain, which is never taken back. */
  finalizedBlockHeight(): Promise<number>;
  /** Takes the same bytes as often as they come. @throws {LedgerRefusal} it would fail now */
  send(transaction: Uint8Array): Promise<void>;
  statusOf(signature: string): Promise<TransactionStatus>;
  /** Newest first. */
  signaturesFor(address: string, limit: number): Promise<readonly LedgerMention[]>;
  entry(signature: string): Promise<LedgerEntry | null>;
  /** Devnets only. @returns the signature @throws {DomainError} `TooMany` */
  giveTestFunds(address: string, mint: string | null): Promise<string>;
}

const Whole = Type.Integer({ minimum: 0 });
const Failure = Type.Union([Type.Null(), Type.String(), Type.Record(Type.String(), Type.Unknown())]);
const withContext = <S extends TSchema>(value: S) => Type.Object({ value });
const TokenBalance = Type.Object({
  accountIndex: Whole,
  mint: Type.String(),
  owner: Type.Optional(Type.String()),
  uiTokenAmount: Type.Object({ amount: Type.String({ pattern: '^[0-9]{1,20}$' }) }),
});
const Encoded = Type.Object({ data: Type.Tuple([Type.String(), Type.String()]), owner: Type.String() });
const Entry = Type.Object({
  blockTime: Type.Union([Whole, Type.Null()]),
  transaction: Type.Object({
    message: Type.Object({ accountKeys: Type.Array(Type.String()) }),
  }),
  meta: Type.Object({
    err: Failure,
    fee: Whole,
    preBalances: Type.Array(Whole),
    postBalances: Type.Array(Whole),
    preTokenBalances: Type.Array(TokenBalance),
    postTokenBalances: Type.Array(TokenBalance),
  }),
});

const programs = {
  token: toBase58(walletProgramAddress('token')),
  'token-2022': toBase58(walletProgramAddress('token-2022')),
};
/** What one request to the faucet gives. */
const faucetLamports = 1_000_000_000;
const faucetTokens = '100000000';
/** JSON-RPC: no such method. A cluster has no methods of ours. */
const methodNotFound = -32601;
const faucetLimit = 429;
/** The widest answer a hurried owner gets: the faucet does not say how long. */
const faucetRetryMs = 60_000;

export const solAsset: Asset = { mint: null, symbol: 'SOL', name: 'Solana', decimals: 9 };

export function openLedger(rpc: LedgerRpc): Ledger {
  let known: LedgerView | null = null;

  async function ask<S extends TSchema>(schema: S, method: string, ...params: unknown[]): Promise<Static<S>> {
    const result = await rpc(method, params);
    if (!Value.Check(schema, result)) throw new DomainError('LedgerUnavailable', {});
    return result;
  }
  /** What a cluster refuses is as good as no answer, but for what callers ask about. */
  async function sure<S extends TSchema>(
    schema: S,
    method: string,
    ...params: unknown[]
  ): Promise<Static<S>> {
    try {
      return await ask(schema, method, ...params);
    } catch (error) {
      throw error instanceof LedgerRefusal ? new DomainError('LedgerUnavailable', {}) : error;
    }
  }
  const account = async (address: string) =>
    (
      await sure(withContext(Type.Union([Type.Null(), Encoded])), 'getAccountInfo', address, {
        encoding: 'base64',
        commitment: 'confirmed',
      })
    ).value;

  return {
    async view() {
      known ??= await viewOf();
      return known;
    },
    async lamports(address) {
      const { value } = await sure(withContext(Whole), 'getBalance', address, { commitment: 'confirmed' });
      return BigInt(value);
    },
    async holdings(owner) {
      const schema = withContext(Type.Array(Type.Object({ pubkey: Type.String(), account: Encoded })));
      const found = await Promise.all(
        (['token', 'token-2022'] as const).map(async (program) => {
          const settings = { encoding: 'base64', commitment: 'confirmed' };
          const { value } = await sure(
            schema,
            'getTokenAccountsByOwner',
            owner,
            { programId: programs[program] },
            { ...settings, dataSlice: { offset: 0, length: holdingBytes } },
          );
          return value.map(({ pubkey, account: { data } }) =>
            holdingOf(pubkey, program, base64Bytes(data[0])),
          );
        }),
      );
      return found.flat();
    },
    async heldIn(address) {
      const found = await account(address);
      const program = (['token', 'token-2022'] as const).find((each) => programs[each] === found?.owner);
      if (found == null || program === undefined) return 0n;
      return holdingOf(address, program, base64Bytes(found.data[0])).amount;
    },
    async mint(address) {
      const found = await account(address);
      const program = (['token', 'token-2022'] as const).find((each) => programs[each] === found?.owner);
      if (found == null || program === undefined) return null;
      // Token program, `Mint`: decimals at 44 of 82 bytes; Token-2022 appends extensions.
      const data = base64Bytes(found.data[0]);
      return data.length >= 82 && data[45] === 1 ? { decimals: data[44] as number, program } : null;
    },
    ownerOf: async (address) => (await account(address))?.owner ?? null,
    rentLamports: async (lengthBytes) =>
      BigInt(await sure(Whole, 'getMinimumBalanceForRentExemption', lengthBytes)),
    async latestBlockhash() {
      const schema = withContext(Type.Object({ blockhash: Type.String(), lastValidBlockHeight: Whole }));
      const { value } = await sure(schema, 'getLatestBlockhash', { commitment: 'confirmed' });
      return { ...value, blockhash: fromBase58(value.blockhash, 32) };
    },
    finalizedBlockHeight: () => sure(Whole, 'getBlockHeight', { commitment: 'finalized' }),
    async send(transaction) {
      const settings = { encoding: 'base64', preflightCommitment: 'confirmed', maxRetries: 0 };
      await ask(Type.String(), 'sendTransaction', base64Text(transaction), settings);
    },
    async statusOf(signature) {
      const schema = withContext(
        Type.Array(
          Type.Union([
            Type.Null(),
            Type.Object({ err: Failure, confirmationStatus: Type.Union([Type.Null(), Type.String()]) }),
          ]),
        ),
      );
      const { value } = await sure(schema, 'getSignatureStatuses', [signature], {
        searchTransactionHistory: true,
      });
      const [status] = value;
      if (status == null) return null;
      const isFinal = status.confirmationStatus === 'confirmed' || status.confirmationStatus === 'finalized';
      return { failure: failureText(status.err), isFinal };
    },
    async signaturesFor(address, limit) {
      const memo = Type.Union([Type.Null(), Type.String()]);
      const schema = Type.Array(Type.Object({ signature: Type.String(), slot: Whole, memo }));
      const settings = { limit, commitment: 'confirmed' };
      const mentions = await sure(schema, 'getSignaturesForAddress', address, settings);
      return mentions.map((each) => ({ ...each, memo: memoText(each.memo) }));
    },
    async entry(signature) {
      const settings = { encoding: 'json', commitment: 'confirmed', maxSupportedTransactionVersion: 0 };
      const entry = await sure(Type.Union([Type.Null(), Entry]), 'getTransaction', signature, settings);
      return entry === null ? null : entryOf(signature, entry);
    },
    async giveTestFunds(address, mint) {
      try {
        if (mint === null) return await ask(Type.String(), 'requestAirdrop', address, faucetLamports);
        return await ask(Type.String(), 'hexkeyRequestTokens', { address, amount: faucetTokens });
      } catch (error) {
        if (!(error instanceof LedgerRefusal)) throw error;
        if (error.code === faucetLimit) throw new DomainError('TooMany', { retryAfterMs: faucetRetryMs });
        throw new DomainError('LedgerUnavailable', {});
      }
    },
  };

  async function viewOf(): Promise<LedgerView> {
    const Info = Type.Object({
      testToken: Type.Object({
        mint: Type.String(),
        symbol: Type.String(),
        name: Type.String(),
        decimals: Whole,
      }),
    });
    try {
      const { testToken } = await ask(Info, 'hexkeyDevnetInfo');
      const { mint, symbol, name, decimals } = testToken;
      return { kind: 'devnet', testAssets: [solAsset, { mint, symbol, name, decimals }] };
    } catch (error) {
      if (error instanceof LedgerRefusal && error.code === methodNotFound)
        return { kind: 'cluster', testAssets: [] };
      throw error instanceof LedgerRefusal ? new DomainError('LedgerUnavailable', {}) : error;
    }
  }
}

/** Token program, `Account`: mint (32), owner (32), amount (u64, little-endian). */
const holdingBytes = 72;
function holdingOf(account: string, program: TokenHolding['program'], data: Uint8Array): TokenHolding {
  if (data.length < holdingBytes) throw new DomainError('LedgerUnavailable', {});
  const amount = new DataView(data.buffer, data.byteOffset).getBigUint64(64, true);
  return { account, mint: toBase58(data.subarray(0, 32)), program, amount };
}

function entryOf(signature: string, { blockTime, transaction, meta }: Static<typeof Entry>): LedgerEntry {
  const { accountKeys } = transaction.message;
  const lamports = accountKeys.map((owner, place) => ({
    owner,
    mint: null,
    amount: BigInt(meta.postBalances[place] ?? 0) - BigInt(meta.preBalances[place] ?? 0),
  }));
  const places = new Set(
    [...meta.preTokenBalances, ...meta.postTokenBalances].map(({ accountIndex }) => accountIndex),
  );
  const tokens = [...places].flatMap((place) => {
    const before = meta.preTokenBalances.find(({ accountIndex }) => accountIndex === place);
    const after = meta.postTokenBalances.find(({ accountIndex }) => accountIndex === place);
    const { owner, mint } = after ?? before ?? {};
    if (owner === undefined || mint === undefined) return [];
    const amount = BigInt(after?.uiTokenAmount.amount ?? 0) - BigInt(before?.uiTokenAmount.amount ?? 0);
    return [{ owner, mint, amount }];
  });
  return {
    signature,
    atMs: (blockTime ?? 0) * 1000,
    failure: failureText(meta.err),
    feeLamports: BigInt(meta.fee),
    feePayer: accountKeys[0] ?? '',
    changes: [...lamports, ...tokens].filter(({ amount }) => amount !== 0n),
  };
}

/** Nodes list memos as `[5] hello`, several of one transaction joined by `; `. */
function memoText(memo: string | null): string | null {
  return memo === null ? null : memo.replace(/^\[\d+\] /, '');
}

/** The ledger's own words. */
function failureText(err: unknown): string | null {
  if (err === null) return null;
  return typeof err === 'string' ? err : JSON.stringify(err);
}

function base64Text(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function base64Bytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
