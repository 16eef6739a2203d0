import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { announceExport } from './announce-export.ts';
import { approveDevice, listDevicesOnHold } from './approve-device.ts';
import { createWallet } from './create-wallet.ts';
import { findWalletAddress } from './find-wallet-address.ts';
import { moveWallet } from './move-wallet.ts';
import { registerPayKey, removePayKey } from './pay-key.ts';
import { readWallet } from './read-wallet.ts';
import { getWalletLimits, setWalletLimits } from './set-wallet-limits.ts';

type WalletRoute =
  | 'getWallet'
  | 'createWallet'
  | 'moveWallet'
  | 'getWalletAddress'
  | 'getWalletLimits'
  | 'setWalletLimits'
  | 'listDevicesOnHold'
  | 'approveDevice'
  | 'registerPayKey'
  | 'renewPayKey'
  | 'announceWalletExport'
  | 'removePayKey';

export function walletHandlers(deps: Deps): Pick<Handlers, WalletRoute> {
  return {
    getWallet: ({ caller }) => readWallet(deps, caller),
    createWallet: ({ caller, body, address }) => createWallet(deps, caller, body, address),
    moveWallet: ({ caller, body }) => moveWallet(deps, caller, body),
    getWalletAddress: ({ caller, query, address }) =>
      findWalletAddress(deps, caller, query.hexkeyId, address),
    getWalletLimits: ({ caller }) => getWalletLimits(deps, caller),
    setWalletLimits: ({ caller, body, address }) => setWalletLimits(deps, caller, body, address),
    listDevicesOnHold: ({ caller }) => listDevicesOnHold(deps, caller),
    approveDevice: ({ caller, body, address }) => approveDevice(deps, caller, body.sessionId, address),
    registerPayKey: ({ caller, body, address }) => registerPayKey(deps, caller, body, address),
    announceWalletExport: ({ caller, body, address }) => announceExport(deps, caller, body, address),
    // Whatever shows the PIN begins the window: the gate has done it.
    renewPayKey: async () => undefined,
    removePayKey: ({ caller, address }) => removePayKey(deps, caller, address),
  };
}
