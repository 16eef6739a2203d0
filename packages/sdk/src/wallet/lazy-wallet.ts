import { DomainError } from '@hexkey/contract';
import type { KeyExport, PasskeyPay, Wallet } from './wallet.ts';

type Loaded = Omit<Wallet, 'subscribe'>;
type AsyncMethod = Exclude<keyof Wallet, 'subscribe' | 'passkeyPay' | 'keyExport'>;

const asyncMethods: Readonly<Record<AsyncMethod, true>> = {
  state: true,
  create: true,
  balances: true,
  history: true,
  watch: true,
  transfer: true,
  quote: true,
  warmUp: true,
  send: true,
  resume: true,
  planSweep: true,
  sweep: true,
  requestTestFunds: true,
  limits: true,
  setLimits: true,
  devicesOnHold: true,
  approveDevice: true,
};
const payMethods: Readonly<Record<keyof PasskeyPay, true>> = { state: true, enable: true, disable: true };

const exportMethods: Readonly<Record<keyof KeyExport, true>> = {
  state: true,
  begin: true,
  cancel: true,
  take: true,
};

/**
 * `Wallet` before its code is there: the first screen has none of it.
 * @param load called once, with the first need of it; rejects in clients without a wallet
 */
export function lazyWallet(load: () => Promise<Loaded>, subscribe: Wallet['subscribe']): Wallet {
  let loading: Promise<Loaded> | null = null;
  const wallet = () => {
    // A page whose code could not be fetched tries again.
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  type AnyMethod = (...args: unknown[]) => Promise<unknown>;
  const later = <T>(names: Readonly<Record<string, true>>, of: (loaded: Loaded) => object): T =>
    Object.fromEntries(
      Object.keys(names).map((name) => [
        name,
        async (...args: unknown[]) =>
          ((of(await wallet()) as Record<string, AnyMethod>)[name] as AnyMethod)(...args),
      ]),
    ) as T;
  return {
    ...later<Pick<Wallet, AsyncMethod>>(asyncMethods, (loaded) => loaded),
    passkeyPay: later<PasskeyPay>(payMethods, ({ passkeyPay }) => passkeyPay),
    keyExport: later<KeyExport>(exportMethods, ({ keyExport }) => keyExport),
    subscribe,
  };
}

/** What a client without a wallet says to every method. */
export const noWallet = () => Promise.reject(new DomainError('WalletMissing', {}));
