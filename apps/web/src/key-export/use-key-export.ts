import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useOperation } from '../app/use-operation.ts';
import { usePlace } from '../app/use-place.ts';
import { useWallet } from '../wallet/use-wallet.ts';

/** Nodes are asked when the wallet is opened, and now and then while it is. */
const lookEveryMs = 5 * 60_000;

/** Whether the wallet's key is being taken out. Not asked anew with every change of the wallet: a payment makes many. */
export function useKeyExport() {
  const wallet = useWallet();
  const place = usePlace();
  const queries = useQueryClient();
  const queryKey = ['key-export', place.at === 'home' ? place.session.accountId : null];
  const { data } = useQuery({
    queryKey,
    queryFn: () => wallet.keyExport.state(),
    enabled: place.at === 'home',
    retry: false,
    staleTime: lookEveryMs / 5,
    refetchInterval: lookEveryMs,
  });
  const cancel = useOperation(async () => {
    await wallet.keyExport.cancel();
    await queries.invalidateQueries({ queryKey });
  });
  return { state: data, cancel };
}
