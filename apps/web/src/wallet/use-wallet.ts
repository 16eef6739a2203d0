import { isDomainError } from '@hexkey/contract';
import type { Transfer, Wallet } from '@hexkey/sdk';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { usePlace } from '../app/use-place.ts';

const queryKey = ['wallet'];

export const useWallet = (): Wallet => useDependencies().hexkey.wallet;

/** Kept by account, so that the next account on this device never sees the last one's. */
function useAccountId(): string | null {
  const place = usePlace();
  return place.at === 'home' ? place.session.accountId : null;
}

/** Keeps what is shown as new as what happened. Called once, for the whole client. */
export function useWalletTold(): void {
  const wallet = useWallet();
  const queries = useQueryClient();
  useEffect(() => wallet.subscribe(() => void queries.invalidateQueries({ queryKey })), [wallet, queries]);
}

function useOfWallet<Data>(what: readonly string[], ask: (wallet: Wallet) => Promise<Data>) {
  const wallet = useWallet();
  const accountId = useAccountId();
  return useQuery({
    queryKey: [...queryKey, accountId, ...what],
    queryFn: () => ask(wallet),
    staleTime: 0,
    enabled: accountId !== null,
  });
}

export const useWalletState = () => useOfWallet(['state'], (wallet) => wallet.state());
export const useBalances = () => useOfWallet(['balances'], (wallet) => wallet.balances());

/** How often the balances are looked at where the ledger does not say what came. */
const lookEveryMs = 20_000;

/** Shows what arrives while the wallet is open: told by the ledger, and found out in a while where it tells nothing. */
export function useArrivals(): void {
  const wallet = useWallet();
  const queries = useQueryClient();
  const accountId = useAccountId();
  useEffect(() => {
    if (accountId === null) return undefined;
    const watching = wallet.watch().catch(() => () => undefined);
    return () => void watching.then((end) => end());
  }, [wallet, accountId]);
  const { data } = useQuery({
    queryKey: [...queryKey, accountId, 'balances'],
    queryFn: () => wallet.balances(),
    staleTime: 0,
    refetchInterval: lookEveryMs,
    enabled: accountId !== null,
  });
  const held = data?.map(({ asset, amount }) => `${asset.mint} ${amount}`).join();
  const before = useRef(held);
  useEffect(() => {
    if (before.current !== undefined && before.current !== held)
      void queries.invalidateQueries({ queryKey: [...queryKey, accountId, 'history'] });
    before.current = held;
  }, [held, queries, accountId]);
}
export const useLimits = () => useOfWallet(['limits'], (wallet) => wallet.limits());
export const useDevicesOnHold = () => useOfWallet(['on-hold'], (wallet) => wallet.devicesOnHold());
export const usePasskeyPay = () => useOfWallet(['passkey'], (wallet) => wallet.passkeyPay.state());

/** @param id of a transfer, or its signature. Null: the ledger knows none. */
export const useTransfer = (id: string) =>
  useOfWallet(['transfer', id], async (wallet): Promise<Transfer | null> => {
    try {
      return await wallet.transfer(id);
    } catch (error) {
      if (isDomainError(error, 'NotFound')) return null;
      throw error;
    }
  });

/** Newest first, as far back as `fetchNextPage` was called. */
export function useHistory() {
  const wallet = useWallet();
  const accountId = useAccountId();
  return useInfiniteQuery({
    queryKey: [...queryKey, accountId, 'history'],
    queryFn: ({ pageParam }) => (pageParam === null ? wallet.history() : wallet.history(pageParam)),
    initialPageParam: null as string | null,
    getNextPageParam: ({ transfers, more }) => (more ? (transfers.at(-1)?.id ?? null) : null),
    staleTime: 0,
    select: ({ pages }) => pages.flatMap(({ transfers }) => transfers),
    enabled: accountId !== null,
  });
}

/** One thing done to the wallet. What it changes is told by `subscribe`. */
export function useWalletDeed<Input = void>(perform: (wallet: Wallet, input: Input) => Promise<unknown>) {
  const wallet = useWallet();
  return useOperation((input: Input) => perform(wallet, input));
}
